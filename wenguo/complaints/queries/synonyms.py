"""Words that mean the same to whoever searches."""

from collections import defaultdict

from wenguo.complaints.models import Synonyms
from wenguo.lib.text import query_tokens

Synonymous = dict[str, tuple[tuple[str, ...], ...]]


def synonyms() -> Synonymous:
    """For each word, as the index cuts it, the others of its groups."""
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for words in Synonyms.objects.values_list("words", flat=True):
        group = [tuple(query_tokens(word)) for word in words.split("\t")]
        for one in group:
            found[" ".join(one)] += [other for other in group if other and other != one]
    return {word: tuple(others) for word, others in found.items()}


def synonyms_text() -> str:
    """The list as it is written."""
    return "\n".join(" = ".join(words.split("\t")) for words in Synonyms.objects.values_list("words", flat=True))
