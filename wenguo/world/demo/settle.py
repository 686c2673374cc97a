"""From the cause to the close: stages 8 to 14 of a story."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from django.utils import timezone

from wenguo.accounts.models import User
from wenguo.complaints.actions import close_complaint, reopen_complaint
from wenguo.followup.actions import close_unreachable, note_attempt, prepare_call_back, record_call_back
from wenguo.followup.actions.call_back import Answer
from wenguo.investigation.actions import (
    KnownCause,
    add_allegation,
    add_cause,
    decide_finding,
    finish_cause,
    record_containment,
)
from wenguo.lib.now import now
from wenguo.process.choices import Importance, TreeKind
from wenguo.resolution.actions import (
    Offer,
    answer_by_complainant,
    approve_proposal,
    approve_reply,
    decide_remedy,
    draft_reply,
    mark_handled,
    perform_remedy,
    propose,
    record_answer,
    resolve_at_first_contact,
    rework,
    send_final_opinion,
    send_reply,
    submit_for_review,
)
from wenguo.resolution.choices import ReplyKind
from wenguo.resolution.models import Approval, Proposal, Remedy, Reply
from wenguo.resolution.queries import open_remedies
from wenguo.supervision.actions import mark_improvement
from wenguo.world.demo.investigate import REPLY, REPLY_EN
from wenguo.world.demo.plot import Ending
from wenguo.world.demo.stage import TodayError

if TYPE_CHECKING:
    from wenguo.world.demo.play import Story

_MARKS = (
    ("knowledge", "低温堵车工况下的顿挫可由程序升级消除，应写入技术通报"),
    ("capa", "交车检验单增加路试项，并跟踪三个月"),
    ("proposal", "报价单增加第二人复核"),
    ("product_idea", "空调异响自检可以做进车机"),
    ("nothing", "个例，已按规定处理，无需改进"),
)


def settle(story: Story) -> None:
    """Cause, remedy, reply, answer, performance, call-back, close, use."""
    if not _settled_at_once(story):
        _investigate(story)
        _decide(story)
    _reply(story)
    if not _answered(story):
        return
    handler = story.handler
    story.do(0.2, 4, lambda: mark_handled(story.complaint, by=handler))
    _perform(story)
    if _called_back(story):
        _closed(story)


def _settled_at_once(story: Story) -> bool:
    """The first-contact route: the cause is known and the remedy agreed in one talk."""
    found = story.look_again()
    grave = found.importance != Importance.ORDINARY or found.is_urgent or found.is_safety
    if story.plot.ending is not Ending.FIRST_CONTACT or grave:
        return False
    case, scene = story.case, story.scene
    way = case.remedies[0]
    day = timezone.localdate(story.calendar.moment) + timedelta(days=story.dice.randint(3, 8))
    known = KnownCause(
        allegation=case.whys[0],
        reasoning="通话中与维修工单核对一致。",
        node=scene.node(TreeKind.CAUSE, case.cause),
        statement=case.statement,
    )
    offer = Offer(title=way.title, remedy=scene.node(TreeKind.REMEDY, way.remedy), promised_on=day)
    handler = story.handler
    story.do(0.5, 6, lambda: resolve_at_first_contact(story.complaint, known, offer, by=handler))
    return True


def _investigate(story: Story) -> None:
    handler, case, complaint = story.handler, story.case, story.complaint
    if complaint.is_urgent or complaint.is_safety:
        words = "已联系车主停驶并安排拖车，提供代步车。"
        story.do(0.2, 1.5, lambda: record_containment(complaint, by=handler, action=words), office=False)
    cause = story.scene.node(TreeKind.CAUSE, case.cause)

    def look() -> None:
        allegation = add_allegation(complaint, by=handler, text=case.whys[0])
        finding = story.dice.choices(("substantiated", "partly", "not_substantiated"), (70, 22, 8))[0]
        decide_finding(allegation, by=handler, finding=finding, reasoning="与维修工单、检测数据和客户描述核对一致。")
        if finding != "not_substantiated":
            add_cause(
                complaint, by=handler, node=cause, whys=case.whys, statement=case.statement, allegation=allegation
            )

    story.do(3, 18, look)
    story.do(0.5, 4, lambda: finish_cause(complaint, by=handler))


def _decide(story: Story) -> None:
    handler, complaint = story.handler, story.complaint
    day = timezone.localdate(story.calendar.moment) + timedelta(days=story.dice.randint(3, 8))

    def offer() -> None:
        for way in story.case.remedies:
            node = story.scene.node(TreeKind.REMEDY, way.remedy)
            amount = Decimal(way.amount)
            terms = Offer(title=way.title, remedy=node, promised_on=day, payment=way.payment, amount=amount)
            propose(complaint, terms, by=handler)

    story.do(0.5, 5, offer)
    options = list(Proposal.objects.filter(complaint=complaint, round=complaint.round, state="draft").order_by("id"))
    chosen = options[1] if story.dice.random() < 0.3 else options[0]
    story.do(0.3, 3, lambda: decide_remedy(complaint, chosen, by=handler))
    for approval in Approval.objects.filter(proposal=chosen, decision="").order_by("id"):
        story.do(0.5, 6, partial(approve_proposal, approval, by=_signer(story, approval)))
    if story.look_again().stage == "resolve":
        story.do(0.2, 2, lambda: decide_remedy(complaint, chosen, by=handler))


def _signer(story: Story, approval: Approval) -> User:
    by_role = {"team_lead": "carol", "duty_manager": "dora", "manager": "mei"}
    return story.scene.people[by_role.get(approval.role, "mei")]


def _reply(story: Story) -> None:
    handler, complaint = story.handler, story.complaint
    remedy = Proposal.objects.filter(complaint=complaint, round=complaint.round, state="chosen").get()
    template = REPLY_EN if complaint.language == "en" else REPLY
    words = template.format(finding=story.case.statement, remedy=remedy.title, day=remedy.promised_on)
    drafted: list[Reply] = []
    story.do(0.3, 3, lambda: drafted.append(draft_reply(complaint, by=handler, body=words)))
    story.do(0.1, 1, lambda: submit_for_review(drafted[0], by=handler))
    reviewer = story.scene.people["rex"]
    story.do(0.3, 4, lambda: approve_reply(drafted[0], by=reviewer))
    story.do(0.1, 1, lambda: send_reply(complaint, by=handler))


def _answered(story: Story) -> bool:
    """What the complainant says; False where the story is over or waits."""
    complaint, ending = story.complaint, story.plot.ending
    if ending in (Ending.REFUSED, Ending.SECOND_REVIEW, Ending.REWORKED):
        words = "只修不赔我不接受，误工和来回油费也要有个说法。"
        story.do(4, 30, lambda: answer_by_complainant(complaint, accepted=False, reason=words), office=False)
        return _second_review(story)
    if story.dice.random() < 0.5:
        story.do(3, 30, lambda: answer_by_complainant(complaint, accepted=True), office=False)
    else:
        story.do(3, 24, lambda: record_answer(complaint, by=story.agent, accepted=True, through="phone"))
    return True


def _second_review(story: Story) -> bool:
    mei, rex, complaint = story.scene.people["mei"], story.scene.people["rex"], story.complaint
    if story.plot.ending is Ending.SECOND_REVIEW:
        raise TodayError
    if story.plot.ending is Ending.REFUSED:
        words = "经复核，原处理符合法律规定和公司标准。您仍可向 12315、消费者协会或人民法院寻求解决。"
        drafted: list[Reply] = []
        story.do(
            8, 30, lambda: drafted.append(draft_reply(complaint, by=rex, body=words, kind=ReplyKind.FINAL_OPINION))
        )
        story.do(0.1, 1, lambda: submit_for_review(drafted[0], by=rex))
        story.do(2, 8, lambda: approve_reply(drafted[0], by=mei))
        story.do(0.5, 3, lambda: send_final_opinion(complaint, by=rex))
        return False
    story.do(6, 24, lambda: rework(complaint, by=mei, reason="误工损失合理，请在权限内给出补偿方案。"))
    story.look_again()
    _decide(story)
    _reply(story)
    story.do(3, 24, lambda: record_answer(complaint, by=story.agent, accepted=True, through="phone"))
    return True


def _perform(story: Story) -> None:
    handler = story.handler
    for remedy in open_remedies(story.complaint):
        on_time = story.dice.random() < 0.9
        wait = (24, 60) if on_time else (190, 260)

        def done(remedy: Remedy = remedy) -> None:
            perform_remedy(remedy, by=handler, done_on=timezone.localdate(now()), proof="工单已由车主签字确认")

        story.do(*wait, done)


def _called_back(story: Story) -> bool:
    complaint, caller = story.complaint, story.scene.people["bob" if story.agent.username == "alice" else "alice"]
    call = None

    def draw() -> None:
        nonlocal call
        call = prepare_call_back(complaint)

    story.do(0.1, 1, draw)
    if call is None:
        return True
    if story.plot.ending is Ending.UNREACHABLE:
        for days, hour in ((4, 9), (4, 15), (5, 11)):
            story.do_at(days, hour, lambda: note_attempt(complaint, by=caller, result="no_answer"))
        carol = story.scene.people["carol"]
        story.do_at(6, 10, lambda: close_unreachable(complaint, by=carol))
        return False
    score = {Ending.LUKEWARM: 3, Ending.UNHAPPY: 2}.get(story.plot.ending) or story.dice.choice((4, 5, 5, 5))
    answer = Answer(
        handling=score,
        result=max(1, score - story.dice.randint(0, 1)),
        product=story.dice.randint(2, 5),
        is_solved=score > 2,
        comment=_comment(score),
    )
    story.do(70, 110, lambda: record_call_back(complaint, answer, by=caller))
    if score <= 2:
        second = Answer(handling=3, result=3, product=2, is_solved=True, comment="店长回访后表示可以接受。")
        story.do(20, 50, lambda: record_call_back(complaint, second, by=story.scene.people["carol"]))
    return True


def _comment(score: int) -> str:
    return {
        5: "处理很及时，师傅也讲清楚了。",
        4: "总体满意，就是等的时间长了点。",
        3: "修是修好了，来回跑了三趟。",
        2: "解释不清楚，感觉在应付。",
    }[score]


def _closed(story: Story) -> None:
    complaint, people = story.complaint, story.scene.people
    story.do(1, 20, lambda: close_complaint(complaint, by=people["carol"]))
    if story.plot.ending is Ending.REOPENED:
        story.do(40, 90, lambda: reopen_complaint(complaint, by=people["carol"], reason="客户来电：同一异响再次出现。"))
        raise TodayError
    if story.dice.random() < 0.7:
        kind, sentence = story.dice.choice(_MARKS)
        who = None if kind == "nothing" else people["liqiang"]
        story.do(
            10, 80, lambda: mark_improvement(complaint, by=people["quinn"], mark_class=kind, sentence=sentence, who=who)
        )
