"""A list of synonyms as people write it: one group a line, with “=” or commas between the words. Pure."""

import re

MOST_GROUPS = 500
LONGEST = 500  # characters of a group
_BETWEEN = re.compile(r"[=＝,，、;；\t]+")


def groups_of(text: str) -> list[tuple[int, list[str]]]:
    """(number of the line, its words), empty lines and those that begin with # left out."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        words = [" ".join(word.split()) for word in _BETWEEN.split(line)]
        words = [word for word in words if word]
        if words and not words[0].startswith("#"):
            found.append((number, list(dict.fromkeys(words))))
    return found
