"""pypinyin without its 47,000 phrases (50 MB), which are read when somebody needs them."""

import os
from functools import cache
from importlib import import_module

os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")

from pypinyin import lazy_pinyin, load_phrases_dict
from pypinyin.constants import PINYIN_DICT

__all__ = ["PINYIN_DICT", "syllables"]


def syllables(phrase: str) -> list[str]:
    """One syllable a character, words of several readings by the phrases they stand in: 重复 → chong fu."""
    _read_phrases()
    return list(lazy_pinyin(phrase))


@cache
def _read_phrases() -> None:
    load_phrases_dict(import_module("pypinyin.phrases_dict").phrases_dict)
