"""A deadline that can explain itself. The counting is in `worktime`."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Literal, NamedTuple, Self

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Unit = Literal["hour", "business_hours", "working_day", "calendar_day", "week", "month"]
Roll = Literal["none", "statutory_holiday", "any_rest_day"]
StepKind = Literal["start", "counted", "skipped", "rolled", "due"]


class Step(NamedTuple):
    """A run of days treated alike. `days` or `seconds` is what the run adds to the count (0 when skipped).

    Reasons: working_day, makeup, short, calendar_day, hour, weekend, holiday, first_day, paused, or the unit.
    """

    kind: StepKind
    first: date
    last: date
    reason: str
    name: str = ""
    days: int = 0
    seconds: float = 0


@dataclass(frozen=True)
class DueDate:
    """The question asked and every step to the answer."""

    due_at: datetime
    provisional: bool
    steps: tuple[Step, ...]
    start: datetime
    limit: float
    unit: Unit
    first_day_excluded: bool = True
    roll: Roll = "none"

    def as_json(self) -> dict[str, Any]:
        steps = [step._asdict() | {"first": str(step.first), "last": str(step.last)} for step in self.steps]
        plain = {name: value for name, value in asdict(self).items() if name != "steps"}
        return plain | {"due_at": self.due_at.isoformat(), "start": self.start.isoformat(), "steps": steps}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        steps = tuple(
            Step(**row | {"first": date.fromisoformat(row["first"]), "last": date.fromisoformat(row["last"])})
            for row in stored["steps"]
        )
        moments = {name: datetime.fromisoformat(stored[name]) for name in ("due_at", "start")}
        return cls(**stored | moments | {"steps": steps})

    def explain(self) -> list[str]:
        """One sentence a step, in the active language."""
        return [_sentence(self, step) for step in self.steps] + (
            [_("The holidays of that year are not published yet; the date is provisional.")] if self.provisional else []
        )


def _sentence(due: DueDate, step: Step) -> str:
    if step.kind == "start":
        return _("%(date)s: the time starts.") % {"date": step.first}
    if step.kind == "due":
        return _("%(date)s: the time ends.") % {"date": step.last}
    facts = {"span": _span(step), "reason": reason_label(step), "amount": _amount(step)}
    if step.kind == "counted":
        return _("%(span)s: %(amount)s counted (%(reason)s).") % facts
    if step.kind == "rolled":
        return _("Moved on to %(date)s because the last day is a day of rest.") % {"date": step.last}
    if step.reason == "paused" and step.seconds:
        return _("%(span)s: %(amount)s not counted (%(reason)s).") % facts
    return _("%(span)s: not counted (%(reason)s).") % facts


def _span(step: Step) -> str:
    return str(step.first) if step.first == step.last else f"{step.first} – {step.last}"


def _amount(step: Step) -> str:
    if not step.seconds:
        return ngettext("%(count)s day", "%(count)s days", step.days) % {"count": step.days}
    hours, minutes = divmod(round(step.seconds / 60), 60)
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes}


def reason_label(step: Step) -> str:
    """Why the days of a step count or not, in the active language."""
    labels = {
        "working_day": _("working day"),
        "makeup": _("make-up working day"),
        "short": _("short working day"),
        "calendar_day": _("calendar day"),
        "hour": _("clock hours"),
        "weekend": _("weekend"),
        "holiday": _("public holiday"),
        "first_day": _("the day it starts"),
        "paused": _("clock stopped"),
        "outside_hours": _("outside working hours"),
    }
    label = labels.get(step.reason, step.reason)
    return _("%(reason)s, %(holiday)s") % {"reason": label, "holiday": _(step.name)} if step.name else label
