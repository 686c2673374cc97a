"""One complaint as its page shows it: stepper, clocks, steps, panels, who else is looking."""

from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenguo.accounts.models import User
from wenguo.complaints.choices import ClockState, Status
from wenguo.complaints.models import Clock, Complaint, StageOutput
from wenguo.complaints.queries import latest_outputs
from wenguo.complaints.rules import GROUPS, KEPT_STAGES
from wenguo.desk.models import Presence
from wenguo.desk.queries.steps import SideStep, StepButton, buttons, main_step, side_steps
from wenguo.lib.now import now
from wenguo.process.choices import Stage

PRESENT_FOR = timedelta(seconds=60)
CLOCKS_SHOWN = 3


@dataclass(frozen=True)
class PanelPlace:
    """A panel of the page: the room's own fragment, loaded from its own address."""

    key: str
    title: str
    icon: str
    url: str
    closed: bool = False


@dataclass(frozen=True)
class Workspace:
    """What the complaint page needs beside the complaint."""

    groups: list[dict[str, object]]
    clocks: list[dict[str, object]]
    primary: StepButton | None
    others: list[StepButton]
    side: list[SideStep]
    left: list[PanelPlace]
    right: list[PanelPlace]
    viewers: list[User]


def workspace(user: User, complaint: Complaint) -> Workspace:
    """A fixed number of statements, whatever the complaint's history."""
    outputs = latest_outputs(complaint)
    done = {stage for stage, output in outputs.items() if output.round == complaint.round or stage in KEPT_STAGES}
    primary, others = buttons(user, complaint, main_step(complaint, done))
    return Workspace(
        stepper(complaint, outputs),
        shown_clocks(complaint),
        primary,
        others,
        side_steps(user, complaint),
        _places(_LEFT, complaint),
        _places(_RIGHT, complaint),
        viewers(user, complaint),
    )


def stepper(complaint: Complaint, outputs: dict[str, StageOutput]) -> list[dict[str, object]]:
    """Six groups that open to the fourteen stages, each done, now, skipped or still to come."""
    return [_group(complaint, group.label, stages, outputs) for group, stages in GROUPS.items()]


def _group(
    complaint: Complaint, label: object, stages: tuple[Stage, ...], outputs: dict[str, StageOutput]
) -> dict[str, object]:
    rows = [_stage(complaint, stage, outputs.get(stage)) for stage in stages]
    states = [row["state"] for row in rows]
    current = Stage(complaint.stage)
    ended = not complaint.is_open and complaint.status not in (Status.CLOSED, Status.NOT_ACCEPTED)
    if current in stages and current not in (Stage.IMPROVE, Stage.SUPERVISE):
        state = "now"
    elif current.number > stages[0].number:
        state = "done"
    else:
        state = "todo"
    place = (
        f"{current.label}（{stages.index(current) + 1}/{len(stages)}）" if state == "now" and len(stages) > 1 else ""
    )
    return {"label": label, "state": state, "note": place, "stages": rows, "stopped": ended and "now" in states}


def _stage(complaint: Complaint, stage: Stage, output: StageOutput | None) -> dict[str, object]:
    label = f"{stage.number} {stage.label}"
    if stage == complaint.stage:
        return {"label": label, "state": "now", "note": ""}
    if output is None:
        return {"label": label, "state": "todo", "note": ""}
    if because := output.not_done_because:
        said = _("passed by rule: %(why)s") if output.passed_by_rule else _("skipped: %(why)s")
        return {"label": label, "state": "skipped", "note": said % {"why": because}}
    return {"label": label, "state": "done", "note": output.by.name if output.by else ""}


def shown_clocks(complaint: Complaint) -> list[dict[str, object]]:
    """The promises that matter now: running and paused by due date, then the last ones kept or missed."""
    rows = list(Clock.objects.filter(complaint=complaint).exclude(state=ClockState.CANCELLED).order_by("due_at", "id"))
    going = [row for row in rows if row.state in (ClockState.RUNNING, ClockState.PAUSED)]
    over = [row for row in reversed(rows) if row.state in (ClockState.MET, ClockState.MISSED)]
    return [_clock(row, complaint.reference) for row in (going + over)[:CLOCKS_SHOWN]]


def _clock(clock: Clock, reference: str) -> dict[str, object]:
    moment = now()
    whole = (clock.due_at - clock.started_at).total_seconds() or 1
    spent = 100 * (moment - clock.started_at).total_seconds() / whole
    words = {ClockState.MET: _("Kept"), ClockState.MISSED: _("Missed"), ClockState.PAUSED: _("Stopped")}
    late = clock.state == ClockState.MISSED or (clock.state == ClockState.RUNNING and clock.due_at < moment)
    kind = "urgent" if late else "major" if spent >= 75 and clock.state == ClockState.RUNNING else "ok"
    return {
        "state": clock.state,
        "kind": "neutral" if clock.state == ClockState.PAUSED else kind,
        "percent": max(0, min(100, round(spent))),
        "due": clock.due_at,
        "words": words.get(ClockState(clock.state), ""),
        "label": clock.name,
        "why_url": reverse("complaints:why", kwargs={"reference": reference, "clock": clock.pk}),
    }


def viewers(user: User, complaint: Complaint) -> list[User]:
    """Who else has it open now."""
    rows = Presence.objects.filter(complaint=complaint, seen_at__gte=now() - PRESENT_FOR).exclude(user=user)
    return [row.user for row in rows.select_related("user").order_by("user_id")]


def _places(panels: tuple[tuple[str, object, str, str, bool], ...], complaint: Complaint) -> list[PanelPlace]:
    kwargs = {"reference": complaint.reference}
    return [
        PanelPlace(key, str(title), icon, reverse(url_name, kwargs=kwargs), closed)
        for key, title, icon, url_name, closed in panels
    ]


# A new panel is one line: key, title, icon, address, closed at first
_LEFT = (
    ("complainant", gettext_lazy("Complainant"), "user", "desk:panel_complainant", False),
    ("demand", gettext_lazy("Demand"), "chat", "desk:panel_demand", False),
    ("tasks", gettext_lazy("Tasks"), "task", "complaints:panel_tasks", False),
    ("files", gettext_lazy("Files"), "paperclip", "complaints:panel_files", False),
)
_RIGHT = (
    ("dispatch", gettext_lazy("Who handles it"), "users", "dispatch:panel", False),
    ("investigation", gettext_lazy("Findings and causes"), "search", "investigation:panel", False),
    ("resolution", gettext_lazy("Remedies and replies"), "scale", "resolution:panel", False),
    ("followup", gettext_lazy("Follow-up and call-back"), "headset", "followup:panel", False),
    ("supervision", gettext_lazy("Use and inspection"), "target", "supervision:panel", True),
    ("clocks", gettext_lazy("All clocks"), "clock", "complaints:panel_clocks", True),
    ("links", gettext_lazy("Links"), "link", "complaints:panel_links", True),
)
