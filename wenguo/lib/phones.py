"""Phone numbers as people type them."""

import re
import unicodedata

import phonenumbers

_CHINESE_MOBILE = re.compile(r"^(?:\+?86|0086)?(1[3-9]\d{9})$")
_EXTENSION = re.compile(r"(?:转|轉|ext\.?|x|#)\s*\d+$", re.IGNORECASE)


def normalise_phone(raw: str, region: str = "CN") -> str | None:
    """E.164 (+8613800138000), or None when it is no full number. Extensions are dropped.

    Spaces, dashes, brackets, full-width digits, 0086 and +86(0)10 are understood; a landline needs its area code.
    """
    typed = unicodedata.normalize("NFKC", raw).strip()
    typed = _EXTENSION.sub("", typed).replace("(0)", "")
    digits = re.sub(r"[^\d+]", "", typed)
    if region == "CN" and (mobile := _CHINESE_MOBILE.match(digits)):
        return "+86" + mobile[1]  # new prefixes work before phonenumbers knows them
    if not 7 <= len(digits) <= 20 or re.search(r"[^\d+\s().\-–—/]", typed):
        return None
    for candidate in (digits, "+" + digits):
        if number := _parsed(candidate, region):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return None


def _parsed(text: str, region: str) -> phonenumbers.PhoneNumber | None:
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None
