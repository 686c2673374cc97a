"""Names and numbers taken apart into what they may be looked up by, before blinding (`fields.blind`).

What can be found: each character, pinyin syllable or word, and initial of a name; a phone number whole and by its
last four digits. No order and no beginnings of words beyond that.
"""

import itertools
import math
import re
import unicodedata
from functools import cache

from wenguo.lib.masking import mask_address, mask_email, mask_id, mask_name, mask_phone
from wenguo.lib.phones import normalise_phone
from wenguo.lib.pinyin import PINYIN_DICT
from wenguo.lib.text import normalise

__all__ = [
    "mask_address",
    "mask_email",
    "mask_id",
    "mask_name",
    "mask_phone",
    "name_query_tokens",
    "name_tokens",
    "phone_query_tokens",
    "phone_tokens",
    "same_sound_tokens",
]

Token = tuple[str, str]
_PIECES = re.compile(r"([\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff])|([^\W\d_]+)|(\d+)")
_LONGEST_SYLLABLE = 6
_MOST_CHARACTERS = 100
_MOST_READINGS = 16


def name_tokens(name: str) -> set[Token]:
    """{("char", "张"), ("sound", "zhang"), ("initial", "z"), …}; a Latin word is a sound as well."""
    found: set[Token] = set()
    for character, word, number in _pieces(name):
        if character:
            found.add(("char", character))
        sounds = _readings(character) if character else frozenset([word or number, *_syllables(word)])
        found |= {("sound", sound) for sound in sounds}
        found |= {("initial", sound[0]) for sound in sounds}
    return found


def name_query_tokens(typed: str) -> set[Token]:
    """What all must be among the tokens of a matching name: 张伟, zhang wei, zhangwei, 张wei, zw, Smith."""
    wanted: set[Token] = set()
    for character, word, number in _pieces(typed):
        if character:
            wanted.add(("char", character))
        elif word and (len(word) == 1 or not re.search("[aeiouv]", word)) and len(word) <= 4 and word.isascii():
            wanted |= {("initial", letter) for letter in word}
        else:
            wanted |= {("sound", sound) for sound in _syllables(word) or [word or number]}
    return wanted


def same_sound_tokens(typed: str) -> list[frozenset[Token]]:
    """How a Chinese name sounds, should a character be misspelt: alternatives for characters with several readings.

    Empty for a name in other letters, and for one with too many ways to be read.
    """
    characters = [character for character, _word, _number in _pieces(typed)]
    if not characters or not all(characters):
        return []
    ways = [sorted(_readings(character)) for character in characters]
    if math.prod(len(way) for way in ways) > _MOST_READINGS:
        return []
    return [frozenset(("sound", sound) for sound in spoken) for spoken in itertools.product(*ways)]


def phone_tokens(number: str) -> set[Token]:
    """Of a number in E.164; anything else only by its own digits."""
    digits = re.sub(r"\D", "", number)
    return {("phone", number), ("phone_end", digits[-4:])} if len(digits) >= 4 else set()


def phone_query_tokens(typed: str) -> set[Token]:
    """A full number typed any way, or the last four digits; empty when it is neither."""
    if number := normalise_phone(typed):
        return {("phone", number)}
    digits = re.sub(r"\s", "", unicodedata.normalize("NFKC", typed))
    return {("phone_end", digits)} if re.fullmatch(r"\d{4}", digits, re.ASCII) else set()


def _pieces(name: str) -> list[tuple[str, str, str]]:
    return _PIECES.findall(normalise(name[:_MOST_CHARACTERS]).replace("ü", "v"))


@cache
def _readings(character: str) -> frozenset[str]:
    """Every reading without tones (surnames have odd ones); ü as people type it: v, yu, u."""
    readings: set[str] = set()
    for reading in PINYIN_DICT.get(ord(character), "").split(","):
        toned = unicodedata.normalize("NFD", reading)
        dotted = re.sub("u([\u0300-\u036f]?)\u0308", r"v\1", toned)
        plain = "".join(letter for letter in dotted if letter.isascii())
        if plain:
            readings |= {plain, plain.replace("v", "yu"), plain.replace("v", "u")} if "v" in plain else {plain}
    return frozenset(readings)


@cache
def _all_syllables() -> frozenset[str]:
    common = (chr(code) for code in range(0x4E00, 0x9FA6))
    return frozenset(
        sound for character in common for sound in _readings(character) if len(sound) > 1 or sound in "aeo"
    )


def _syllables(word: str) -> list[str]:
    """zhangwei → zhang, wei: the fewest syllables that make up the word; empty when none do."""
    best: list[list[str] | None] = [[]]
    for end in range(1, len(word) + 1):
        ways = [
            [*before, word[start:end]]
            for start in range(max(0, end - _LONGEST_SYLLABLE), end)
            if (before := best[start]) is not None and word[start:end] in _all_syllables()
        ]
        best.append(min(ways, key=len) if ways else None)
    return best[-1] or []
