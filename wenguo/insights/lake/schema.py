"""What each kind of fact holds. Ids, codes and paths, times in UTC, sizes as whole numbers; never personal data.

A schema only grows, at its end and with columns that may be empty: files of an older SCHEMA are read with nulls.
"""

from collections.abc import Iterable, Mapping, Sequence

import pyarrow as pa

SCHEMA = 1

_INT, _TEXT, _YES = pa.int64(), pa.string(), pa.bool_()
_TIME = pa.timestamp("us")  # UTC; without a zone, which the engines would show in their own


def _fields(**columns: pa.DataType) -> list[tuple[str, pa.DataType]]:
    return list(columns.items())


# Every fact: whose, and the audit entry up to which it was true. The newest `seq` of a complaint holds.
_EVERY = _fields(complaint=_INT, seq=_INT)

_COMPLAINT = _fields(
    source=_TEXT, source_system=_TEXT, stage=_TEXT, status=_TEXT, importance=_TEXT, ended_as=_TEXT,
    received_at=_TIME, entered_at=_TIME, first_answer_at=_TIME, handled_at=_TIME, ended_at=_TIME,
    customer=_INT, is_key_customer=_YES, last_contact_at=_TIME, previous_same_at=_TIME, next_same_at=_TIME,
    channel=_INT, channel_path=_TEXT, product=_INT, product_path=_TEXT, issue=_INT, issue_path=_TEXT,
    cause=_INT, cause_path=_TEXT, unit=_INT, unit_path=_TEXT, receiving_unit=_INT, respondent_unit=_INT,
    raising_unit=_INT, province=_TEXT, owner=_INT, respondent=_INT,
    is_urgent=_YES, is_safety=_YES, is_vulnerable=_YES, is_disputed=_YES, is_anonymous=_YES, is_upheld=_YES,
    reply_accepted=_YES, satisfaction=_INT, round=_INT, chased=_INT, reopened=_INT, is_merged=_YES,
    at_first_contact=_YES, is_reweighed=_YES, misdispatched=_INT, replies_refused=_INT,
    contact_seconds=_INT, compensation=_INT, cost=_INT,
)  # fmt: skip
_EVENT = _fields(
    event=_TEXT, at=_TIME, actor=_INT, from_stage=_TEXT, to_stage=_TEXT, from_status=_TEXT, to_status=_TEXT,
    stage_seconds=_INT,
)  # fmt: skip
_CLOCK = _fields(
    clock=_INT, rule=_TEXT, rule_version=_INT, stage=_TEXT, duty_holder=_TEXT, state=_TEXT, source=_TEXT,
    started_at=_TIME, due_at=_TIME, stopped_at=_TIME, extended_by=_INT,
)  # fmt: skip
_CONTACT = _fields(contact=_INT, direction=_TEXT, channel=_INT, at=_TIME, agent=_INT, seconds=_INT)
_SURVEY = _fields(
    way=_TEXT, round=_INT, number=_INT, state=_TEXT, asked_at=_TIME, answered_at=_TIME,
    handling=_INT, result=_INT, product=_INT, is_solved=_YES, recommend=_INT,
)  # fmt: skip
# Nothing suggests yet; mining's rows will come as these columns.
_SUGGESTION = _fields(
    suggestion=_INT, about=_TEXT, model=_TEXT, at=_TIME, proposed=_TEXT, confidence=pa.float64(), taken=_YES,
    decided_at=_TIME,
)  # fmt: skip
_ACTION = _fields(action=_INT, what=_TEXT, label=_TEXT, at=_TIME, promised_at=_TIME, done_at=_TIME, amount=_INT)

FACTS: dict[str, pa.Schema] = {
    kind: pa.schema([*_EVERY, *columns])
    for kind, columns in {
        "complaint": _COMPLAINT,
        "event": _EVENT,
        "clock": _CLOCK,
        "contact": _CONTACT,
        "survey": _SURVEY,
        "suggestion": _SUGGESTION,
        "action": _ACTION,
    }.items()
}
# Appended once and for ever; of all others a complaint's newest rows replace its older ones.
APPENDED = frozenset({"event"})
# The column that tells a row from the sign that there is none (any longer): see `with_signs`.
SIGN: dict[str, str] = {
    "complaint": "status", "clock": "clock", "contact": "contact", "survey": "way", "suggestion": "suggestion",
    "action": "action",
}  # fmt: skip

Row = dict[str, object]


def as_table(kind: str, rows: Sequence[Mapping[str, object]]) -> pa.Table:
    """Rows as Arrow; columns a row does not name are null."""
    schema = FACTS[kind]
    return pa.table([pa.array([row.get(field.name) for row in rows], field.type) for field in schema], schema=schema)


def with_signs(kind: str, rows: Iterable[Row], complaints: Iterable[int], seq: int) -> list[Row]:
    """Adds an empty row for each complaint that has none of this kind: older ones no longer hold."""
    found = list(rows)
    if kind in APPENDED:
        return found
    there = {row["complaint"] for row in found}
    return found + [{"complaint": key, "seq": seq} for key in complaints if key not in there]


def as_now(kind: str, table: pa.Table) -> pa.Table:
    """A table of an older schema with today's columns."""
    missing = [field for field in FACTS[kind] if field.name not in table.column_names]
    for field in missing:
        table = table.append_column(field, pa.nulls(len(table), field.type))
    return table.select(FACTS[kind].names).cast(FACTS[kind])
