"""References people read out, type and copy: WG-2609-7F3K9Q, and secret codes for receipts.

The alphabet is Crockford's base 32 (no I, L, O, U). The check character makes a weighted sum over GF(32) zero, with
a different power of a primitive element for every place: every single wrong character and every swap of two
characters is found.
"""

import re
import secrets
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Protocol

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PREFIX = "WG"
_RANDOM_CHARACTERS = 5  # 33 million a month: the caller tries again where the reference is taken
_SEPARATORS = re.compile(r"[\s\-‐-―−_.·/]+")
_WELL_FORMED = re.compile(rf"{_PREFIX}\d\d(?:0[1-9]|1[0-2])[{ALPHABET}]{{{_RANDOM_CHARACTERS + 1}}}")
_LOOK_ALIKES = str.maketrans("OIL", "011")


class Random(Protocol):
    def choice(self, seq: Sequence[str], /) -> str: ...


def new_reference(day: date, random: Random = secrets) -> str:
    """A new reference for a complaint received on this local day."""
    body = f"{_PREFIX}{day:%y%m}" + "".join(random.choice(ALPHABET) for _place in range(_RANDOM_CHARACTERS))
    return _with_dashes(body + _check_character(body))


def parse_reference(raw: str) -> str | None:
    """The canonical form of what somebody typed; None when it cannot be a reference of ours."""
    typed = _SEPARATORS.sub("", unicodedata.normalize("NFKC", raw)).upper().translate(_LOOK_ALIKES)
    if not _WELL_FORMED.fullmatch(typed) or _check_character(typed[:-1]) != typed[-1]:
        return None
    return _with_dashes(typed)


def secret_code(n: int = 10) -> str:
    """n characters nobody guesses (5 bits each), easy to type."""
    return "".join(secrets.choice(ALPHABET) for _place in range(n))


def _with_dashes(body: str) -> str:
    return f"{body[:2]}-{body[2:6]}-{body[6:]}"


def _powers() -> tuple[int, ...]:
    """The powers of x in GF(32) with x⁵ + x² + 1: all 31 differ."""
    powers = [1]
    while len(powers) < 31:
        doubled = powers[-1] << 1
        powers.append(doubled ^ 0b100101 if doubled & 32 else doubled)
    return tuple(powers)


_POWERS = _powers()
_LOGARITHM = {power: exponent for exponent, power in enumerate(_POWERS)}


def _check_character(body: str) -> str:
    total = 0
    for place, character in enumerate(reversed(body), start=1):
        value = ALPHABET.index(character)
        if value:
            total ^= _POWERS[(_LOGARITHM[value] + place) % 31]
    return ALPHABET[total]
