"""What may come next in the search box: fields of the query language, and values of the field being typed."""

import re
from collections.abc import Iterable

from django.utils.translation import get_language

from wenguo.accounts.models import Unit, User
from wenguo.complaints.queries.naming import CHOICES, TREES
from wenguo.complaints.rules.fields import FIELDS, FIELDS_BY_NAME, Kind, SearchField
from wenguo.process.models import TaxonomyNode

SHOWN = 12
_LAST = re.compile(r'([^\s()（）"“”]*)$')
_EXAMPLES = {
    Kind.DAY: ("7d", "2026-11", "2026-10..2026-11", ">=2026-11-01"),
    Kind.NUMBER: ("1..2", "5", ">=4"),
}
# Words of the language itself, not of the catalogues: what is offered must be understood
_WORDS = {
    "zh": {
        "status": ("未结", "已结"),
        "person": ("我", "无"),
        "yes": ("是", "否"),
        "has": ("附件", "任务", "关联", "客户"),
    },
    "en": {
        "status": ("open", "ended"),
        "person": ("me", "none"),
        "yes": ("yes", "no"),
        "has": ("file", "task", "link", "customer"),
    },
}


def suggestions(user: User, typed: str) -> list[dict[str, str]]:
    """Each with the whole text it would make of what was typed."""
    found = _LAST.search(typed[:1000])
    last = found[1] if found else ""
    before = typed[: len(typed) - len(last)] if last else typed
    sign = "-" if last.startswith("-") else ""
    name, colon, value = last.removeprefix("-").replace("：", ":").partition(":")
    field = FIELDS_BY_NAME.get(name.lower())
    if colon and field:
        values = _values(user, field, value.rpartition(",")[2])
        kept = f"{value.rpartition(',')[0]}," if "," in value else ""
        return [_item(one, f"{before}{sign}{name}:{kept}{_quoted(one)} ") for one in values][:SHOWN]
    if colon:
        return []
    return [_item(f"{_name(one)}:", f"{before}{sign}{_name(one)}:", _hint(one)) for one in FIELDS if _fits(one, name)][
        :SHOWN
    ]


def _item(label: str, text: str, hint: str = "") -> dict[str, str]:
    return {"label": label, "text": text, "hint": hint}


def _in_english() -> bool:
    return (get_language() or "").startswith("en")


def _name(field: SearchField) -> str:
    return field.name if _in_english() else field.name_zh


def _hint(field: SearchField) -> str:
    """The name in the other language, which is read as well."""
    return field.name_zh if _in_english() else field.name


def _fits(field: SearchField, typed: str) -> bool:
    return any(name.lower().startswith(typed.lower()) for name in (field.name, *field.others))


def _quoted(value: str) -> str:
    return f'"{value}"' if re.search(r"[\s()（）,，]", value) else value


def _values(user: User, field: SearchField, typed: str) -> list[str]:
    known = _known(field, typed)
    return [value for value in known if value and typed.lower() in value.lower()][:SHOWN]


def _known(field: SearchField, typed: str) -> Iterable[str]:
    words = _WORDS["en" if _in_english() else "zh"]
    if field.kind is Kind.CHOICE:
        return [*words.get(field.name, ()), *(str(label) for _code, label in CHOICES[field.name].choices)]
    if field.kind is Kind.TREE:
        column = "name_en" if _in_english() else "name_zh"
        rows = TaxonomyNode.objects.of(TREES[field.name]).active().filter(**{f"{column}__icontains": typed})
        return rows.order_by("path").values_list(column, flat=True)[:SHOWN]
    if field.kind is Kind.UNIT:
        column = "name_en" if _in_english() else "name_zh"
        units = Unit.objects.active().filter(**{f"{column}__icontains": typed})
        return units.values_list(column, flat=True)[:SHOWN]
    if field.kind is Kind.PERSON:
        people = User.objects.filter(is_active=True, name__icontains=typed).order_by("name")
        return [*words["person"], *people.values_list("name", flat=True)[:SHOWN]]
    if field.kind is Kind.YES:
        return words["yes"]
    if field.kind is Kind.HAS:
        return words["has"]
    return _EXAMPLES.get(field.kind, ())
