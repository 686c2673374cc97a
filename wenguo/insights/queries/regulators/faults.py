"""What is wrong with a file, in words, with the complaints to be corrected."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wenguo.accounts.models import User
from wenguo.complaints.models import Complaint
from wenguo.insights.choices.regulators import CodeAxis, FirmFact, RowFault
from wenguo.insights.models import RegulatorFile
from wenguo.insights.queries.regulators.codes import codes_of
from wenguo.process.models import TaxonomyNode

SHOWN = 200


@dataclass(frozen=True)
class FaultShown:
    """One fault: of a complaint the reader may open, of one they may not, or of the file itself (no reference)."""

    reference: str
    words: str
    is_hidden: bool = False


def faults_for(file: RegulatorFile, user: User) -> list[FaultShown]:
    """The first of them; a complaint the reader may not see is not named."""
    shown = file.faults[:SHOWN]
    references = {reference for reference, _kind, _what in shown if reference}
    seen = set(Complaint.objects.visible_to(user).filter(reference__in=references).values_list("reference", flat=True))
    names = _categories(what for _reference, _kind, what in shown)
    return [
        FaultShown(
            reference if reference in seen else "",
            in_words(kind, what, names),
            bool(reference) and reference not in seen,
        )
        for reference, kind, what in shown
    ]


def kinds_of(file: RegulatorFile) -> list[tuple[str, int]]:
    """How many rows have which fault, most first."""
    told = [(*key.split("|", 1), number) for key, number in file.fault_kinds.items()]
    names = _categories(what for _kind, what, _number in told)
    found = [(in_words(kind, what, names), number) for kind, what, number in told]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def in_words(kind: str, what: str, names: Mapping[str, str]) -> str:
    """The fault, and what of: an axis, a category, a fact of the firm are told by their names."""
    label = str(RowFault(kind).label) if kind in RowFault.values else kind
    first, colon, rest = what.partition(": ")
    for known in (CodeAxis, FirmFact):
        if first in known.values:
            what = f"{known(first).label}{colon}{names.get(rest, rest)}"
    return f"{label}: {what}" if what else label


def _categories(whats: Iterable[str]) -> dict[str, str]:
    """“tree/code” → the category's name in the reader's language: one statement."""
    places = {place for what in whats if "/" in (place := what.partition(": ")[2])}
    codes = {place.partition("/")[2] for place in places}
    return {f"{node.tree}/{node.code}": node.name for node in TaxonomyNode.objects.filter(code__in=codes)}


def counted_codes(file: RegulatorFile, axis: str) -> list[tuple[str, str, int]]:
    """(code, its name, rows) of one axis, most first."""
    names = codes_of(file.regime, axis)
    found = [(code, names[code].name if code in names else "", number) for code, number in file.figures[axis].items()]
    return sorted(found, key=lambda line: (-line[2], line[0]))
