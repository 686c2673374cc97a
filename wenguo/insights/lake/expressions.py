"""What every metric counts, once: Ibis expressions over the facts, the same for DuckDB and for Spark.

Each gives contributions: `complaint`, `at` (from that moment on it counts, and on that day), `part` (met, failed,
left_out), `value` (seconds, hundredths, points), `reason` why left out, `stage`. One complaint's facts are enough:
what depends on other complaints is a column of its fact. Deadlines are counted, not complaints: a reopened complaint
has a new deadline and counts again.
"""

from collections.abc import Callable, Mapping

import ibis
from ibis import Table, _
from ibis.expr.types import BooleanValue, StringValue

from wenguo.complaints.choices import ClockState, Source, Status
from wenguo.complaints.rules import ACK, WHOLE, stage_clock
from wenguo.insights.choices import LeftOut, Metric
from wenguo.insights.lake.contribution import gives, part_of, seconds_between
from wenguo.insights.rules import MATURES_AFTER
from wenguo.process.choices import DutyHolder, Stage

Facts = Mapping[str, Table]
RESPONSE_IN_FILE = "us.cfpb.response"
PROMISE = "company.promise"
_SATISFIED = 4
# The ends at which somebody could be asked; the others are declined, withdrawn or merged
_ANSWERABLE = (Status.CLOSED, Status.CLOSED_WITH_NOTICE, Status.NOT_ACCEPTED)


def _deadlines(clocks: Table, stage: StringValue | str = "") -> Table:
    """Clocks by when they fall due: kept, or missed and what is overdue; those cancelled before are left out."""
    part = part_of(
        (_.state == ClockState.MET.value, "met"),
        (_.state.isin([ClockState.MISSED.value, ClockState.RUNNING.value]), "failed"),
        (_.state == ClockState.CANCELLED.value, "left_out"),
    )
    return gives(clocks, _.due_at, part, reason=LeftOut.CANCELLED, stage=stage)


def _rule(code: str) -> Callable[[Facts], Table]:
    return lambda facts: _deadlines(facts["clock"].filter(_.rule == code))


def timeliness(facts: Facts) -> Table:
    """The whole complaint; imported history by the response clock of its file."""
    live = (_.source == Source.LIVE.value) & (_.rule == WHOLE)
    history = (_.source == Source.IMPORTED.value) & (_.rule == RESPONSE_IN_FILE)
    return _deadlines(facts["clock"].filter(live | history))


def stage_timeliness(facts: Facts) -> Table:
    """Our own limit of each stage."""
    ours = facts["clock"].filter(_.rule.startswith("company.stage.") & (_.stage != ""))
    return _deadlines(ours, stage=_.stage)


def law(facts: Facts) -> Table:
    """What law and regulators ask of us; an agency's own duties stay outside."""
    theirs = facts["clock"].filter(~_.rule.startswith("company.") & (_.duty_holder != DutyHolder.AGENCY.value))
    return _deadlines(theirs.filter(_.source == Source.LIVE.value))


def notices(facts: Facts) -> Table:
    """Promised news: told by the promised moment."""
    promised = facts["action"].filter(_.what == "notice")
    return gives(promised, _.promised_at, part_of((_.done_at <= _.promised_at, "met"), (ibis.literal(True), "failed")))


def satisfaction(facts: Facts) -> Table:
    """4 or 5 of 5 on handling, on the day of the last answer. Ended and silent is left out."""
    complaints = facts["complaint"]
    answers = facts["survey"].filter(_.handling.notnull() & _.answered_at.notnull())
    last = answers.group_by("complaint").agg(answered=_.answered_at.max())
    joined = last.inner_join(complaints.filter(_.satisfaction.notnull()), "complaint")
    said = gives(
        joined, _.answered, part_of((_.satisfaction >= _SATISFIED, "met"), (_.satisfaction < _SATISFIED, "failed"))
    )
    silent = complaints.filter(_.satisfaction.isnull() & _.status.isin([one.value for one in _ANSWERABLE]))
    return said.union(gives(silent, _.ended_at, "left_out", reason=LeftOut.UNASKED))


def resolution(facts: Facts) -> Table:
    """Ended and 30 days old: solved and confirmed, neither reopened nor repeated. The unasked are left out."""
    ended = facts["complaint"].filter(_.status.isin([one.value for one in _ANSWERABLE]))
    asked = _.satisfaction.notnull() | _.reply_accepted.notnull()
    solved = ibis.coalesce(_.satisfaction >= _SATISFIED, _.reply_accepted, False)
    again = ibis.coalesce(_.next_same_at <= _.ended_at + _matures(), False)
    good = solved & (_.reopened == 0) & (_.status == Status.CLOSED.value) & ~again
    part = part_of((~asked, "left_out"), (good, "met"), (ibis.literal(True), "failed"))
    return gives(ended, _.ended_at + _matures(), part, reason=LeftOut.UNASKED)


def _matures() -> ibis.Expr:
    return ibis.interval(days=MATURES_AFTER.days)


def retention(facts: Facts) -> Table:
    """Key customers whose complaint ended a year ago: any contact since."""
    theirs = facts["complaint"].filter(_.is_key_customer & _.ended_at.notnull() & ~_.is_merged)
    stayed = ibis.coalesce(_.last_contact_at > _.ended_at, False)
    return gives(theirs, _.ended_at + ibis.interval(years=1), part_of((stayed, "met"), (~stayed, "failed")))


def received(facts: Facts) -> Table:
    """Everything that came in; duplicates are counted with their target."""
    part = part_of((_.is_merged, "left_out"), (ibis.literal(True), "met"))
    return gives(facts["complaint"], _.received_at, part, reason=LeftOut.MERGED)


def _of_received(is_so: Callable[[Table], BooleanValue]) -> Callable[[Facts], Table]:
    """A share of all complaints received; duplicates are left out."""

    def expression(facts: Facts) -> Table:
        part = part_of((_.is_merged, "left_out"), (is_so(_), "met"), (ibis.literal(True), "failed"))
        return gives(facts["complaint"], _.received_at, part, reason=LeftOut.MERGED)

    return expression


def _repeat(days: int) -> Callable[[Facts], Table]:
    """The same customer complained of the same issue before, within so many days."""

    def expression(facts: Facts) -> Table:
        known = _.customer.notnull() & _.issue.notnull() & ~_.is_merged
        since = _.received_at - ibis.interval(days=days)
        before = ibis.coalesce(_.previous_same_at >= since, False)
        part = part_of((~known, "left_out"), (before, "met"), (ibis.literal(True), "failed"))
        return gives(facts["complaint"], _.received_at, part, reason=LeftOut.UNKNOWN)

    return expression


def fcr(facts: Facts) -> Table:
    """Of all first contacts: settled there, confirmed by the complainant, and not again in 30 days."""
    mature = facts["complaint"].filter(~_.is_merged)
    confirmed = ibis.coalesce(_.satisfaction >= _SATISFIED, _.reply_accepted, False)
    again = ibis.coalesce(_.next_same_at <= _.received_at + _matures(), False)
    done = _.status.isin([Status.HANDLED.value, Status.CLOSED.value])
    good = _.at_first_contact & done & confirmed & ~again & (_.reopened == 0)
    return gives(mature, _.received_at + _matures(), part_of((good, "met"), (~good, "failed")))


def _of_ended(is_so: Callable[[Table], BooleanValue]) -> Callable[[Facts], Table]:
    """A share of what ended; duplicates are left out."""

    def expression(facts: Facts) -> Table:
        part = part_of((_.is_merged, "left_out"), (is_so(_), "met"), (ibis.literal(True), "failed"))
        return gives(facts["complaint"], _.ended_at, part, reason=LeftOut.MERGED)

    return expression


def ended(facts: Facts) -> Table:
    return gives(facts["complaint"].filter(~_.is_merged), _.ended_at, "met")


def upheld(facts: Facts) -> Table:
    """Of what ended with a finding: found right."""
    found = facts["complaint"].filter(_.is_upheld.notnull())
    return gives(found, _.ended_at, part_of((_.is_upheld, "met"), (~_.is_upheld, "failed")))


def refused(facts: Facts) -> Table:
    """Of the complaints answered: a reply was refused."""
    part = part_of((_.replies_refused > 0, "met"), (ibis.literal(True), "failed"))
    return gives(facts["complaint"], _.first_answer_at, part)


def improved(facts: Facts) -> Table:
    return gives(facts["action"].filter(_.what == "mark"), _.at, "met")


def answered(facts: Facts) -> Table:
    """Of those called or written to: answered."""
    asked = facts["survey"].filter(_.state != "not_needed")
    part = part_of((_.answered_at.notnull() & _.handling.notnull(), "met"), (ibis.literal(True), "failed"))
    return gives(asked, _.asked_at, part)


def _score(column: str) -> Callable[[Facts], Table]:
    def expression(facts: Facts) -> Table:
        said = facts["survey"].filter(_[column].notnull())
        return gives(said, _.answered_at, "met", value=_[column])

    return expression


def nps(facts: Facts) -> Table:
    """9 and 10 of 10 are promoters, 0 to 6 detractors; the rest is counted in `value` only."""
    said = facts["survey"].filter(_.recommend.notnull())
    part = part_of((_.recommend >= 9, "met"), (_.recommend <= 6, "failed"), (ibis.literal(True), "neither"))
    return gives(said, _.answered_at, part, value=1)


def handling_time(facts: Facts) -> Table:
    rows = facts["complaint"].filter(~_.is_merged)
    return gives(rows, _.handled_at, "met", value=seconds_between(_.received_at, _.handled_at))


def first_answer_time(facts: Facts) -> Table:
    return gives(facts["complaint"], _.first_answer_at, "met", value=seconds_between(_.received_at, _.first_answer_at))


def stage_time(facts: Facts) -> Table:
    """Each stay in a stage, on the day it was left."""
    left = facts["event"].filter(_.stage_seconds.notnull() & _.from_stage.notnull())
    return gives(left, _.at, "met", value=_.stage_seconds, stage=_.from_stage)


def moves(facts: Facts) -> Table:
    """Each move from one stage to another, `from>to`, with the time spent before it: the process map."""
    moved = facts["event"].filter(_.from_stage.notnull() & _.to_stage.notnull() & (_.from_stage != _.to_stage))
    return gives(moved, _.at, "met", value=_.stage_seconds.fill_null(0), stage=_.from_stage + ">" + _.to_stage)


def funnel(facts: Facts) -> Table:
    """Which stages complaints received on a day have reached: each once."""
    reached = facts["event"].filter(_.to_stage.notnull()).select(_.complaint, stage_reached=_.to_stage)
    begun = facts["complaint"].filter(~_.is_merged).select(_.complaint, stage_reached=ibis.literal(Stage.ACCEPT.value))
    each = reached.union(begun).distinct()
    rows = each.inner_join(facts["complaint"].filter(~_.is_merged).select(_.complaint, _.received_at), "complaint")
    return gives(rows, _.received_at, "met", stage=_.stage_reached)


def compensation(facts: Facts) -> Table:
    paid = facts["action"].filter((_.what == "remedy") & (_.amount > 0))
    return gives(paid, _.done_at, "met", value=_.amount)


def cost(facts: Facts) -> Table:
    """Talk at the rate set, compensation paid; on the day it ended."""
    return gives(facts["complaint"].filter(~_.is_merged), _.ended_at, "met", value=_.cost)


EXPRESSIONS: dict[str, Callable[[Facts], Table]] = {
    Metric.TIMELINESS: timeliness,
    Metric.SATISFACTION: satisfaction,
    Metric.ANALYSIS: _rule(stage_clock(Stage.CAUSE)),
    Metric.RESOLUTION: resolution,
    Metric.PROMISES: _rule(PROMISE),
    Metric.ACKNOWLEDGED: _rule(ACK),
    Metric.RETENTION: retention,
    Metric.NOTICES: notices,
    Metric.STAGE_TIMELINESS: stage_timeliness,
    Metric.LAW: law,
    Metric.RECEIVED: received,
    Metric.ENDED: ended,
    Metric.FIRST_CONTACT: _of_received(
        lambda row: row.at_first_contact & row.status.isin([Status.HANDLED.value, Status.CLOSED.value])
    ),
    Metric.FCR: fcr,
    Metric.WRONG_PRIORITY: _of_received(lambda row: row.is_reweighed),
    Metric.REFERRED: _of_received(
        lambda row: row.channel_path.endswith("/regulator/") | (row.status == Status.NOT_ACCEPTED.value)
    ),
    Metric.REPEAT_30: _repeat(30),
    Metric.REPEAT: _repeat(90),
    Metric.SAFETY: _of_received(lambda row: row.is_safety),
    Metric.CHASED: _of_received(lambda row: row.chased > 0),
    Metric.RETURNED: _of_received(lambda row: row.misdispatched > 0),
    Metric.REOPENED: _of_ended(lambda row: row.reopened > 0),
    Metric.DECLINED: _of_ended(lambda row: row.status == Status.DECLINED.value),
    Metric.WITHDRAWN: _of_ended(lambda row: row.status == Status.WITHDRAWN.value),
    Metric.REFUSED: refused,
    Metric.UPHELD: upheld,
    Metric.IMPROVED: improved,
    Metric.ANSWERED: answered,
    Metric.SCORE_HANDLING: _score("handling"),
    Metric.SCORE_RESULT: _score("result"),
    Metric.SCORE_PRODUCT: _score("product"),
    Metric.NPS: nps,
    Metric.HANDLING_TIME: handling_time,
    Metric.FIRST_ANSWER_TIME: first_answer_time,
    Metric.STAGE_TIME: stage_time,
    Metric.FUNNEL: funnel,
    Metric.MOVES: moves,
    Metric.COMPENSATION: compensation,
    Metric.COST: cost,
}
