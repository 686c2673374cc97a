"""One complaint's story, told by calling the actions one after the other until its ending, or until today."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random
from typing import TypedDict

from django.utils import timezone

from wenguo.accounts.models import User
from wenguo.complaints.actions import (
    FirstAssessment,
    Submission,
    accept_at_first_contact,
    accept_complaint,
    add_note,
    ask_for_more,
    chase_complaint,
    classify_complaint,
    decline_complaint,
    judge_valid,
    log_call,
    merge_complaints,
    record_review,
    reweigh_complaint,
    set_importance,
    submit_complaint,
    withdraw_complaint,
)
from wenguo.complaints.actions.search import indexing_put_off
from wenguo.complaints.models import Complaint
from wenguo.complaints.rules import needs_review
from wenguo.customers.models import Customer, Holding
from wenguo.dispatch.actions import arbitrate, assign_complaint, return_dispatch, take_on
from wenguo.dispatch.queries import suggest_route
from wenguo.lib.now import moved_to
from wenguo.process.choices import Importance, TreeKind
from wenguo.process.models import TaxonomyNode
from wenguo.world.demo.investigate import Case, case_of
from wenguo.world.demo.plot import DANGEROUS, DISPATCHED, RETURNED, Ending, Plot
from wenguo.world.demo.settle import settle
from wenguo.world.demo.stage import Calendar, Scene, TodayError
from wenguo.world.demo.texts import said, titled

HANDLERS = {
    "AFTERSALES": "wang",
    "QUALITY": "liqiang",
    "PARTS": "zhaolei",
    "MARKETING": "sunyang",
    "QINGDAO": "dan",
    "GUANGZHOU": "mallory",
}
AGENTS = ("alice", "bob")
_AT_ONCE = ("accept", "validity", "classify", "importance", "review", "assign", DISPATCHED, RETURNED)


@dataclass
class Story:
    """The story as it goes: the plot, who and what it is about, and where it stands."""

    scene: Scene
    plot: Plot
    customer: Customer
    holding: Holding
    dice: Random
    calendar: Calendar
    agent: User
    case: Case
    complaint: Complaint
    earlier: Complaint | None = None

    def do(self, low: float, high: float, act: Callable[[], object], *, office: bool = True) -> None:
        """One action some hours later; first contacts of today's work are answered day and night."""
        if self.plot.stands_at and self.look_again().stage == self.plot.stands_at:
            raise TodayError
        with moved_to(self.calendar.later(low, high, office=office and self.plot.stands_at not in _AT_ONCE)):
            act()

    def do_at(self, days: int, hour: int, act: Callable[[], object]) -> None:
        """One action so many days after the last step that `do` took, at about this hour."""
        with moved_to(self.calendar.on_day(days, hour)):
            act()

    def look_again(self) -> Complaint:
        """The complaint as it is now: actions work on their own locked row."""
        self.complaint.refresh_from_db(
            fields=["stage", "status", "importance", "is_disputed", "is_urgent", "is_safety", "round"]
        )
        return self.complaint

    @property
    def unit(self) -> str:
        return self.plot.buyer.dealer if self.case.unit == "DEALER" else self.case.unit

    @property
    def handler(self) -> User:
        return self.scene.people[HANDLERS[self.unit]]


def play(
    scene: Scene, plot: Plot, owned: tuple[Customer, Holding], dice: Random, earlier: Complaint | None
) -> Complaint:
    """Plays it to its ending or to today; returns the complaint."""
    with indexing_put_off():
        return _told(_received(scene, plot, owned, dice, earlier))


def _told(story: Story) -> Complaint:
    try:
        if _taken_in(story):
            _dispatched(story)
            settle(story)
    except TodayError:
        pass
    return story.complaint


def _received(
    scene: Scene, plot: Plot, owned: tuple[Customer, Holding], dice: Random, earlier: Complaint | None
) -> Story:
    customer, holding = owned
    agent = scene.people[dice.choice(AGENTS)]
    model = scene.node(TreeKind.PRODUCT, plot.model)
    dealer = scene.units[plot.buyer.dealer]
    text = said(dice, plot.issue, model.name_zh, dealer.name_zh)
    by_itself = plot.channel in ("web", "app")
    given = Submission(
        words=text.words,
        title=titled(dice, plot.issue, model.name_zh),
        channel=scene.node(TreeKind.CHANNEL, plot.channel),
        customer=customer,
        holding=holding,
        product=model,
        order_reference=plot.buyer.vin,
        received_at=plot.received_at,
        occurred_on=timezone.localdate(plot.received_at - timedelta(days=dice.randint(0, 9))),
        remedy_sought=text.remedy_sought,
        apparent_demand="" if by_itself else text.apparent_demand,
        hidden_need="" if by_itself else text.hidden_need,
        language=text.language,
        is_safety=plot.issue in DANGEROUS and plot.safety >= 4,
        respondent_unit=dealer if plot.issue.startswith(("attitude", "repair")) else None,
        is_recurrent="again" in plot.issue,
    )
    entered = min(plot.received_at + timedelta(minutes=dice.randint(0, 1 if by_itself else 9)), scene.now)
    with moved_to(entered):
        complaint = submit_complaint(given, by=None if by_itself else agent)
    calendar = Calendar(entered, scene.now, plot.pace, dice)
    return Story(scene, plot, customer, holding, dice, calendar, agent, case_of(plot.issue), complaint, earlier)


def _taken_in(story: Story) -> bool:
    """Stages 2 to 6; False where the story ends before somebody handles it."""
    plot, agent, dice = story.plot, story.agent, story.dice
    issue = story.scene.node(TreeKind.ISSUE, plot.issue)
    at_once = not plot.stands_at and plot.ending not in (Ending.DECLINED, Ending.WAITING, Ending.WITHDRAWN)
    if at_once and dice.random() < 0.5:
        found = FirstAssessment(issue=issue, **_scores(plot))
        story.do(0.05, 0.6, lambda: accept_at_first_contact(story.complaint, found, by=agent), office=False)
    else:
        story.do(0.1, 2, lambda: accept_complaint(story.complaint, by=agent), office=False)
        if not _judged(story, issue):
            return False
    story.look_again()
    if needs_review(story.complaint.importance, story.complaint.is_disputed):
        _reviewed(story)
    return _beside(story)


class Scores(TypedDict):
    """What the duty manager weighs."""

    severity: int
    safety: int
    complexity: int
    impact: int


def _scores(plot: Plot) -> Scores:
    return Scores(severity=plot.severity, safety=plot.safety, complexity=plot.complexity, impact=plot.impact)


def _judged(story: Story, issue: TaxonomyNode) -> bool:
    plot, agent, scene = story.plot, story.agent, story.scene
    if plot.ending is Ending.DECLINED:
        reason = scene.node(
            TreeKind.DECLINE_REASON, story.dice.choice(("not-ours", "already-decided", "in-court", "not-a-complaint"))
        )
        words = "您反映的事项经核对不属于我们可以受理的范围，具体原因和其他途径见下。"
        story.do(0.5, 5, lambda: decline_complaint(story.complaint, by=agent, reason=reason, explanation=words))
        return False
    if plot.ending is Ending.WAITING:
        question = "请补充最近一次维修工单的照片和车架号后六位，方便我们调取记录。"
        story.do(0.5, 5, lambda: ask_for_more(story.complaint, by=agent, question=question))
        return False
    story.do(0.3, 4, lambda: judge_valid(story.complaint, by=agent))
    product = scene.node(TreeKind.PRODUCT, plot.model)
    story.do(0.1, 1, lambda: classify_complaint(story.complaint, by=agent, issue=issue, product=product))
    if plot.ending is Ending.WITHDRAWN:
        words = "已经和门店谈好了，这件事我不再追究，谢谢。"
        story.do(1, 8, lambda: withdraw_complaint(story.complaint, by=agent, words=words, through="phone"))
        return False
    dora = scene.people["dora"]
    story.do(0.2, 2, lambda: set_importance(story.complaint, by=dora, **_scores(plot)))
    return True


def _reviewed(story: Story) -> None:
    dora, rex = story.scene.people["dora"], story.scene.people["rex"]
    story.do(
        2,
        14,
        lambda: record_review(
            story.complaint,
            by=rex,
            decision="按重大投诉处理，由主办部门先围堵、后查因，每两天通报一次进展。",
            minutes="评审组听取了受理情况，核对了历史投诉与维修记录，一致同意上述决定。",
            present=[dora, rex],
        ),
    )


def _still_open(earlier: Complaint | None) -> Complaint | None:
    """Its own story may have ended it since the row was read."""
    if earlier is None:
        return None
    earlier.refresh_from_db(fields=["status"])
    return earlier if earlier.is_open else None


def _beside(story: Story) -> bool:
    """What happens beside the line: a call logged, a note, a chaser, a merge."""
    plot, dice = story.plot, story.dice
    if plot.ending is Ending.MERGED and (target := _still_open(story.earlier)):
        story.do(0.2, 2, lambda: merge_complaints(story.complaint, target=target, by=story.scene.people["carol"]))
        return False
    if dice.random() < 0.35:
        words = "致电核实：客户复述了经过，情绪有所缓和，愿意等检测结果。"
        story.do(0.1, 1, lambda: log_call(story.complaint, by=story.agent, summary=words))
    if dice.random() < 0.3:
        words = "调取近两年维修记录：同一故障第二次进厂，工单已附。"
        story.do(0.1, 1, lambda: add_note(story.complaint, by=story.agent, text=words))
    if dice.random() < 0.03 and story.complaint.importance == Importance.ORDINARY:
        _weighed_wrongly(story)
    return True


def _weighed_wrongly(story: Story) -> None:
    """It looked harmless and is not: raised before it is dispatched, and reviewed."""
    scores = Scores(**{**_scores(story.plot), "severity": 4})
    reason = "核对维修记录后发现同批次另有两起相同故障，原先判轻了。"
    dora = story.scene.people["dora"]
    story.do(0.2, 1, lambda: reweigh_complaint(story.complaint, by=dora, reason=reason, **scores))
    _reviewed(story)


def _dispatched(story: Story) -> None:
    """Stage 7: assigned, taken on; some are returned first."""
    scene, unit = story.scene, story.scene.units[story.unit]
    by = scene.people["carol"] if story.dice.random() < 0.4 else story.agent
    story.complaint.refresh_from_db(fields=["issue", "product"])
    suggested = suggest_route(story.complaint)
    rule = suggested.rule if suggested and suggested.lead_unit == unit else None
    story.do(0.1, 2, lambda: assign_complaint(story.complaint, by=by, lead_unit=unit, rule=rule))
    if story.plot.stands_at == DISPATCHED:
        raise TodayError
    if story.plot.ending is Ending.RETURNED or story.plot.stands_at == RETURNED:
        reason = "故障部位不在本部门职责范围，建议由售后维修部主办。"
        story.do(0.5, 3, lambda: return_dispatch(story.complaint, by=story.handler, reason=reason))
        if story.plot.stands_at == RETURNED:
            raise TodayError
        keeps = story.dice.random() < 0.5
        workshop = scene.units["AFTERSALES" if story.unit != "AFTERSALES" else "QUALITY"]
        dora = scene.people["dora"]
        story.do(
            1,
            4,
            lambda: arbitrate(
                story.complaint,
                by=dora,
                is_upheld=not keeps,
                reason="按职责目录裁定。",
                lead_unit=None if keeps else workshop,
            ),
        )
        if not keeps:
            story.case = replace(story.case, unit=workshop.code)
    story.do(0.3, 5, lambda: take_on(story.complaint, by=story.handler))
    if story.plot.pace > 2 and story.dice.random() < 0.6:
        story.do(20, 40, lambda: chase_complaint(story.complaint, by=story.agent))
