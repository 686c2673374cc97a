"""Which texts a task reads: the columns asked for, else the known ones; title before body, nothing twice."""

from collections.abc import Sequence

from wenguo.mining.lib.tables import TEXTS, TITLES, MissingColumns, Rows

_MOST_NAMES = 3


def text_columns(rows: Rows, asked: Sequence[str]) -> list[str]:
    """Asked for: each must be there. Not asked for: a title, a body, or both."""
    if asked:
        return [rows.need((), name) for name in asked]
    found = [name for name in (rows.find(TITLES), rows.find(TEXTS)) if name]
    if not found:
        raise MissingColumns(rows.name, [*TEXTS, *TITLES], rows.columns)
    return found


def texts_of(rows: Rows, columns: Sequence[str]) -> list[str]:
    parts = [rows.column(name) for name in columns]
    return [joined(values) for values in zip(*parts, strict=True)]


def joined(values: Sequence[str]) -> str:
    """In order, without what a later one begins with or holds: titles are often the body's first sentence."""
    kept = [one for at, one in enumerate(values) if one and not any(one in later for later in values[at + 1 :])]
    return "\n".join(kept)


def name_columns(rows: Rows, texts: Sequence[str], leave_out: Sequence[str]) -> list[str]:
    """Columns whose short value stands in the text of at least half the rows: product names, told a second time."""
    found = []
    for column in rows.columns:
        if column in leave_out:
            continue
        values = rows.column(column)
        inside = [1 < len(value) < len(text) and value in text for value, text in zip(values, texts, strict=True)]
        if sum(inside) >= max(10, len(texts) / 2) and len(set(values)) > 1:
            found.append(column)
    return found[:_MOST_NAMES]


def without_names(texts: Sequence[str], names: Sequence[str]) -> list[str]:
    """What follows the longest known name in a text's first half: whose car it is says little about what is wrong."""
    known = {name for name in names if len(name) > 1}
    lengths = sorted({len(name) for name in known}, reverse=True)
    return [_after_name(text, known, lengths) for text in texts]


def _after_name(text: str, known: set[str], longest_first: Sequence[int]) -> str:
    for length in longest_first:
        for at in range(min(len(text) // 2 + 1, len(text) - length)):
            if text[at : at + length] in known:
                return text[at + length :]
    return text


def read_texts(rows: Rows, asked: Sequence[str]) -> list[str]:
    """The asked-for columns; where they are empty, whatever known text the row has (titles given as extra rows)."""
    texts = texts_of(rows, text_columns(rows, asked))
    others = [name for name in (rows.find(TITLES), rows.find(TEXTS)) if name]
    if not asked or all(texts) or not others:
        return texts
    return [text or other for text, other in zip(texts, texts_of(rows, others), strict=True)]
