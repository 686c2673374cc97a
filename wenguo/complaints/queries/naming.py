"""The values people name in a query: a status, a unit, a product, a colleague. Nothing is guessed: what is not known
is refused with what comes closest."""

from collections.abc import Iterable, Mapping
from functools import cache

from django.db.models import Q
from django.utils import translation
from rapidfuzz import process
from rapidfuzz.fuzz import WRatio

from wenguo.accounts.models import Unit, User
from wenguo.complaints.choices import ENDED_STATUSES, OPEN_STATUSES, EndedAs, Source, Status
from wenguo.complaints.rules.fields import SearchField
from wenguo.complaints.rules.language import Value, misfit
from wenguo.lib.text import normalise
from wenguo.process.choices import Importance, Stage, TreeKind
from wenguo.process.models import TaxonomyNode

CHOICES = {"status": Status, "stage": Stage, "importance": Importance, "ended_as": EndedAs, "source": Source}
TREES = {"product": TreeKind.PRODUCT, "issue": TreeKind.ISSUE, "channel": TreeKind.CHANNEL}
YES, NO = frozenset({"yes", "是", "有", "true", "1"}), frozenset({"no", "否", "无", "false", "0"})
ME, NOBODY = frozenset({"me", "我"}), frozenset({"none", "nobody", "无", "无人"})
# Words for several values at once. "open" is what is not ended; the one status of that code is "in_progress".
_GROUPS: dict[str, dict[str, tuple[str, ...]]] = {
    "status": {
        **dict.fromkeys(("open", "未结"), tuple(OPEN_STATUSES)),
        **dict.fromkeys(("ended", "已结"), tuple(ENDED_STATUSES)),
        "in_progress": (Status.OPEN,),
    },
}
_MOST_NAMES = 5000
_SHOWN = 3
_ALIKE = 60  # of 100


@cache
def choices_of(name: str) -> Mapping[str, tuple[str, ...]]:
    """What one may write for a field of fixed values, in lower case: groups, codes, names in both languages."""
    found: dict[str, tuple[str, ...]] = dict(_GROUPS.get(name, {}))
    for language in ("zh-hans", "en"):
        with translation.override(language):
            for code, label in CHOICES[name].choices:
                found.setdefault(str(label).lower(), (code,))
                found.setdefault(str(code), (code,))
    return found


def chosen(field: SearchField, values: Iterable[Value]) -> tuple[str, ...]:
    known = choices_of(field.name)
    found: dict[str, None] = {}
    for value in values:
        if value.text.lower() not in known:
            misfit(field, value, closest(value.text, known))
        found.update(dict.fromkeys(known[value.text.lower()]))
    return tuple(found)


def is_yes(field: SearchField, value: Value) -> bool:
    if value.text.lower() not in YES | NO:
        misfit(field, value)
    return value.text.lower() in YES


def units(field: SearchField, value: Value) -> list[int]:
    """The unit of this code or name with all below it; else all of this province; else all whose name holds it."""
    tops = _first_found(
        Unit.objects.filter(pk=number) if (number := row_number(value.text)) else Unit.objects.none(),
        Unit.objects.filter(_is(value.text, "code", "name_zh", "name_en")),
        Unit.objects.filter(province__iexact=value.text),
        Unit.objects.filter(Q(name_zh__icontains=value.text) | Q(name_en__icontains=value.text)),
    )
    if not tops:
        names = Unit.objects.active().values_list("name_zh", "name_en")[:_MOST_NAMES]
        misfit(field, value, closest(value.text, (name for pair in names for name in pair)))
    below = Q()
    for unit in tops:
        below |= Q(path__startswith=unit.path)
    return list(Unit.objects.filter(below).values_list("pk", flat=True))


def nodes(field: SearchField, value: Value) -> list[int]:
    """The nodes of this code or name with all below them; else all whose name holds it."""
    tree = TaxonomyNode.objects.of(TREES[field.name])
    tops = _first_found(
        tree.filter(_is(value.text, "code", "name_zh", "name_en")),
        tree.filter(Q(name_zh__icontains=value.text) | Q(name_en__icontains=value.text)),
    )
    if not tops:
        names = tree.active().values_list("name_zh", "name_en")[:_MOST_NAMES]
        misfit(field, value, closest(value.text, (name for pair in names for name in pair)))
    below = Q()
    for one in tops:
        below |= Q(path__startswith=one.path)
    return list(tree.filter(below).values_list("pk", flat=True))


def people(field: SearchField, value: Value) -> list[int]:
    """The colleague of this user name or name; else all whose name holds it."""
    found = _first_found(
        User.objects.filter(pk=number) if (number := row_number(value.text)) else User.objects.none(),
        User.objects.filter(_is(value.text, "username", "name")),
        User.objects.filter(name__icontains=value.text),
    )
    if not found:
        names = User.objects.filter(is_active=True).values_list("name", flat=True)[:_MOST_NAMES]
        misfit(field, value, closest(value.text, names))
    return [one.pk for one in found]


def closest(typed: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known names that look most like it, best first."""
    names = {normalise(name): name for name in known if name}
    best = process.extract(normalise(typed), names.keys(), scorer=WRatio, limit=_SHOWN, score_cutoff=_ALIKE)
    return tuple(names[name] for name, _score, _key in best)


def row_number(text: str) -> int:
    """12 for “#12”: how forms and facets name a row; 0, which nothing has, for anything else."""
    digits = text.removeprefix("#")
    return int(digits) if text != digits and digits.isascii() and digits.isdigit() and len(digits) < 19 else 0


def _is(text: str, *columns: str) -> Q:
    found = Q()
    for column in columns:
        found |= Q(**{f"{column}__iexact": text})
    return found


def _first_found(*rows: "Iterable[object]") -> list:  # type: ignore[type-arg]
    return next((found for one in rows if (found := list(one[:50]))), [])  # type: ignore[index]
