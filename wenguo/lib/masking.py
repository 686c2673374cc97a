"""Personal details made unreadable on display, alone and inside free text."""

import re

_COMPOUND = "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 司徒 端木 夏侯 轩辕 南宫 独孤 呼延 申屠"
_COMPOUND_SURNAMES = frozenset(_COMPOUND.split())
_HALF_WIDTH = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_DISTRICT = re.compile(r"^.{0,20}?(?:区|县|旗|市(?!.{0,12}[区县旗市]))")
_PERSONAL = re.compile(
    r"""(?P<email>[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)
    |(?<!\d)(?:
      (?P<id>\d{6}[ -]?(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ -]?\d{3}[\dXx])
     |(?P<phone>(?:(?:\+|00)?86[ -]?)?1[3-9]\d(?:[ -]?\d){8})
     |(?P<landline>\(?0\d{2,3}\)?[ -]?\d{7,8}|0\d{2,3}[ -]\d{3,4}[ -]\d{4})
     |(?P<card>\d{16,19}|\d{4}(?:[ -]\d{4}){3}(?:[ -]?\d{1,3})?)
    )(?![0-9])""",
    re.VERBOSE | re.ASCII,
)


def mask_personal(text: str) -> str:
    """Free text with phone, identity and bank-card numbers and e-mail addresses masked; full-width digits too.

    A long number counts as a bank card when its check digit (Luhn) is right; vehicle numbers and references stay.
    """
    pieces, end = [], 0
    for found in _PERSONAL.finditer(text.translate(_HALF_WIDTH)):  # same length, so that positions agree
        pieces += [text[end : found.start()], _masked(found)]
        end = found.end()
    return "".join(pieces) + text[end:]


def _masked(found: re.Match[str]) -> str:
    masks = {"email": mask_email, "id": mask_id, "phone": mask_phone, "landline": mask_phone, "card": _mask_card}
    return masks[found.lastgroup or "id"](found[0])


def mask_name(name: str) -> str:
    """张伟 → 张*, 欧阳娜娜 → 欧阳**, John Smith → J*** S****."""
    name = name.strip()
    if name.isascii():
        return " ".join(word[0] + "*" * (len(word) - 1) for word in name.split())
    shown = 2 if len(name) > 2 and name[:2] in _COMPOUND_SURNAMES else 1
    return name[:shown] + "*" * (len(name) - shown) if len(name) > 1 else "*" * len(name)


def mask_phone(number: str) -> str:
    """+8613812346021 → 138****6021; of a short number only the last two digits."""
    digits = re.sub(r"[^\d+]", "", number.translate(_HALF_WIDTH))
    digits = re.sub(r"^(?:\+|00)?86(?=1[3-9]\d{9}$|[48]00)|^\+", "", re.sub(r"^\+86(?!1[3-9]|[48]00)", "0", digits))
    if len(digits) < 10:
        return "****" + digits[-2:] if len(digits) > 4 else "****"
    return f"{digits[:3]}****{digits[-4:]}"


def mask_email(address: str) -> str:
    """zhang@example.com → z***@example.com."""
    name, _at, domain = address.translate(_HALF_WIDTH).partition("@")
    return f"{name[:1]}***@{domain}" if domain else "***"


def mask_id(number: str) -> str:
    """First and last character of an identity number: birth date and region stay hidden."""
    number = re.sub(r"[ -]", "", number.translate(_HALF_WIDTH))
    return number[:1] + "*" * (len(number) - 2) + number[-1:] if len(number) > 4 else "*" * len(number)


def mask_address(address: str) -> str:
    """浙江省杭州市西湖区文三路12号 → 浙江省杭州市西湖区****; elsewhere only what follows the last comma stays."""
    address = address.strip()
    if found := _DISTRICT.match(address):
        return found[0] + "****"
    _street, comma, place = address.rpartition(",")
    return f"****,{place}" if comma else address[:2] + "****" if len(address) > 4 else "****"


def _mask_card(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    return f"****{digits[-4:]}" if _luhn(digits) else number


def _luhn(digits: str) -> bool:
    doubled = (int(digit) * 2 for digit in digits[-2::-2])
    return (sum(int(digit) for digit in digits[::-2]) + sum(d - 9 if d > 9 else d for d in doubled)) % 10 == 0
