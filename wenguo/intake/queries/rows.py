"""One row of a file read as a complaint of the past, or refused with a sentence that says what to correct."""

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from wenguo.complaints.actions.submit import EARLIEST_YEAR, MAX_WORDS
from wenguo.complaints.choices import ENDED_STATUSES, Status
from wenguo.customers.choices import ContactKind
from wenguo.customers.rules import normalise_contact
from wenguo.intake.choices import Column
from wenguo.intake.rules import (
    Level,
    Mapping,
    Values,
    fill,
    first_filled,
    known_value,
    levels_of,
    moment_of,
    why_unlikely,
    yes_or_no,
)
from wenguo.lib.text import mend, sentence_start

LONGEST = {
    Column.SOURCE_ID: 100,
    Column.TITLE: 200,
    Column.PRODUCT_TEXT: 200,
    Column.ORDER_REFERENCE: 100,
    Column.NAME: 200,
}
LONGEST_FACT = 500
SPEAKING = (Column.TITLE, Column.PRODUCT, Column.ISSUE)


class RowRefused(Exception):
    """The row cannot be imported; the sentence says what to correct."""


@dataclass(frozen=True)
class FileRow:
    """A row as it will be written. `source_id` is empty where the file has none."""

    number: int
    source_id: str
    title: str
    words: str
    received_at: datetime
    occurred_on: date | None
    ended_at: datetime | None
    product: tuple[Level, ...]
    issue: tuple[Level, ...]
    channel: str
    status: Status
    product_text: str = ""
    order_reference: str = ""
    remedy_sought: str = ""
    name: str = ""
    contacts: tuple[tuple[str, str], ...] = ()
    facts: dict[str, object] = field(default_factory=dict)
    clock_started_at: datetime | None = None
    clock_met: bool | None = None


def read_row(number: int, values: Values, mapping: Mapping, now: datetime) -> FileRow:
    """`now` bounds what dates are believed."""
    row = {name: mend(text) for name, text in values.items()}
    for name in mapping.required:
        if not row.get(name, "").strip() and name not in mapping.columns.get(Column.WORDS, []):
            raise RowRefused(_("“%(column)s” is empty.") % {"column": name})
    received_at = _moment(row, mapping, Column.RECEIVED_AT, now)
    occurred = _moment(row, mapping, Column.OCCURRED_ON, now)
    facts = _facts(row, mapping, now)
    started, met = _clock(facts, mapping)
    product, issue = levels_of(mapping, Column.PRODUCT, row), levels_of(mapping, Column.ISSUE, row)
    words = _words(row, mapping)
    return FileRow(
        number=number,
        source_id=_text(row, mapping, Column.SOURCE_ID),
        title=_title(row, mapping, words, (*product, *issue)),
        words=words,
        received_at=received_at or now,
        occurred_on=occurred and occurred.astimezone(ZoneInfo(mapping.time_zone)).date(),
        ended_at=_moment(row, mapping, Column.ENDED_AT, now),
        product=product,
        issue=issue,
        channel=known_value(mapping, Column.CHANNEL, row) or "import",
        status=_status(row, mapping),
        product_text=_text(row, mapping, Column.PRODUCT_TEXT),
        order_reference=_text(row, mapping, Column.ORDER_REFERENCE),
        remedy_sought=_text(row, mapping, Column.REMEDY_SOUGHT),
        name=_text(row, mapping, Column.NAME),
        contacts=_contacts(row, mapping),
        facts=facts,
        clock_started_at=started,
        clock_met=met,
    )


def _text(row: Values, mapping: Mapping, column: Column) -> str:
    template = mapping.templates.get(column)
    text = fill(template, row) if template else first_filled(row, mapping.columns.get(column, []))
    limit = LONGEST.get(column, MAX_WORDS)
    if len(text) > limit:
        raise RowRefused(
            _("“%(column)s” is too long: at most %(limit)d characters.") % {"column": column.label, "limit": limit}
        )
    return text


def _words(row: Values, mapping: Mapping) -> str:
    words = _text(row, mapping, Column.WORDS)
    if not words and not any(first_filled(row, mapping.columns.get(one, [])) for one in SPEAKING):
        raise RowRefused(_("The row says nothing: text, title, product and issue are empty."))
    return words


def _title(row: Values, mapping: Mapping, words: str, levels: tuple[Level, ...]) -> str:
    if Column.TITLE in mapping.templates or Column.TITLE in mapping.columns:
        template = mapping.templates.get(Column.TITLE)
        title = fill(template, row) if template else first_filled(row, mapping.columns[Column.TITLE])
        if title:
            return sentence_start(title, LONGEST[Column.TITLE])
    return sentence_start(words, 60) if words else "：".join(zh for _key, zh, _en in levels)[:200]


def _moment(row: Values, mapping: Mapping, column: Column, now: datetime) -> datetime | None:
    text = first_filled(row, mapping.columns.get(column, []))
    return _believed(text, mapping, now, str(column.label)) if text else None


def _believed(text: str, mapping: Mapping, now: datetime, column: str) -> datetime:
    moment = moment_of(text, mapping.dates, mapping.time_zone)
    said = {"column": column, "value": text[:40]}
    if moment is None:
        raise RowRefused(_("“%(value)s” in “%(column)s” is not a date this file may hold.") % said)
    unlikely = why_unlikely(moment, now, EARLIEST_YEAR)
    if unlikely == "future":
        raise RowRefused(_("“%(value)s” in “%(column)s” lies in the future.") % said)
    if unlikely:
        raise RowRefused(_("“%(value)s” in “%(column)s” lies too far back.") % said)
    return moment


def _status(row: Values, mapping: Mapping) -> Status:
    """History has ended: whatever state the other system knew becomes one of the ended ones."""
    wanted = known_value(mapping, Column.STATUS, row)
    return Status(wanted) if wanted in ENDED_STATUSES and wanted != Status.MERGED else Status.CLOSED


def _contacts(row: Values, mapping: Mapping) -> tuple[tuple[str, str], ...]:
    found = []
    for column, kind in ((Column.PHONE, ContactKind.PHONE), (Column.EMAIL, ContactKind.EMAIL)):
        typed = _text(row, mapping, column)
        if not typed:
            continue
        value = normalise_contact(kind, typed)
        if value is None:
            raise RowRefused(_("“%(column)s” is not complete.") % {"column": column.label})
        found.append((kind.value, value))
    return tuple(found)


def _facts(row: Values, mapping: Mapping, now: datetime) -> dict[str, object]:
    """What the other system knew besides, in its own words; days in ISO form, yes and no as such."""
    facts: dict[str, object] = {}
    for name, alternatives in mapping.facts.items():
        text = first_filled(row, alternatives)[:LONGEST_FACT]
        if not text:
            continue
        if name in mapping.days:
            facts[name] = _believed(text, mapping, now, alternatives[0]).isoformat()
        elif name in mapping.yes_or_no and (answer := yes_or_no(text)) is not None:
            facts[name] = answer
        else:
            facts[name] = text
    return facts


def _clock(facts: dict[str, object], mapping: Mapping) -> tuple[datetime | None, bool | None]:
    """A clock is written only where the file says both when it started and whether it was met."""
    if mapping.clock is None:
        return None, None
    start, met = facts.get(mapping.clock.start), facts.get(mapping.clock.met)
    if not isinstance(start, str) or not isinstance(met, bool):
        return None, None
    return datetime.fromisoformat(start), met
