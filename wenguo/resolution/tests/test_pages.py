"""Pages of stages 9 to 11."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast.resolution import REPLY, in_days
from wenguo.accounts.models import User
from wenguo.complaints.choices import Status
from wenguo.complaints.models import Complaint
from wenguo.lib.actors import SYSTEM
from wenguo.library.actions import save_avoided_word
from wenguo.process.choices import Stage
from wenguo.process.models import TaxonomyNode
from wenguo.resolution.actions import Offer, decide_remedy, draft_reply, propose, submit_for_review
from wenguo.resolution.choices import ProposalState, ReplyState
from wenguo.resolution.models import Proposal

CONFIRMED = {"version": ""}


def address(name: str, complaint: Complaint, **more: object) -> str:
    return reverse(f"resolution:{name}", kwargs={"reference": complaint.reference, **more})


@pytest.fixture
def waiting(
    cause_found: Complaint, two_options: tuple[Proposal, Proposal], wang: User, offer: Callable[..., Offer]
) -> Proposal:
    dear = propose(cause_found, offer("补偿一千五", amount=Decimal("1500.00")), by=wang)
    return decide_remedy(cause_found, dear, by=wang)


def test_from_options_to_handled_by_the_pages(
    client: Client,
    cause_found: Complaint,
    remedy_node: Callable[[str], TaxonomyNode],
    wang: User,
    carol: User,
    alice: User,
) -> None:
    client.force_login(wang)
    option = {"remedy": remedy_node("repair-free").pk, "payment": "none", "promised_on": in_days(3).isoformat()}
    for title in ("免费维修", "更换总成"):
        assert client.post(address("proposal_new", cause_found), {**option, "title": title}).status_code == 302
    chosen = cause_found.proposals.get(title="免费维修")
    assert client.post(address("decide", cause_found), {"proposal": chosen.pk}).status_code == 302
    assert client.post(address("compose", cause_found), {"body": REPLY, "submit": "1"}).status_code == 302
    reply = cause_found.replies.get()
    client.force_login(carol)
    assert client.post(address("review", cause_found, pk=reply.pk), {"approve": "1"}).status_code == 302
    client.force_login(wang)
    assert client.post(address("send_reply", cause_found), CONFIRMED).status_code == 302
    client.force_login(alice)
    assert client.post(address("accept_reply", cause_found), {"through": "phone"}).status_code == 302
    client.force_login(wang)
    assert client.post(address("handle", cause_found), CONFIRMED).status_code == 302
    done = {"remedy": cause_found.remedies.get().pk, "done_on": in_days(0).isoformat(), "proof": "工单"}
    assert client.post(address("perform", cause_found), done).status_code == 302

    cause_found.refresh_from_db()
    assert (cause_found.stage, cause_found.status) == (Stage.CALL_BACK, Status.HANDLED)


def test_a_wrong_date_keeps_what_was_typed(
    client: Client, cause_found: Complaint, remedy_node: Callable[[str], TaxonomyNode], wang: User
) -> None:
    client.force_login(wang)
    option = {"title": "免费维修", "remedy": remedy_node("repair-free").pk, "payment": "none"}

    page = client.post(address("proposal_new", cause_found), {**option, "promised_on": in_days(-2).isoformat()})

    assert page.status_code == 422
    assert "承诺日期已过" in page.content.decode()
    assert "免费维修" in page.content.decode()


def test_the_queue_of_signatures_and_signing(client: Client, waiting: Proposal, carol: User) -> None:
    client.force_login(carol)

    assert "¥1500" in client.get(reverse("resolution:approvals")).content.decode()
    approval = waiting.approvals.get()
    sign = address("sign", waiting.complaint, pk=approval.pk)
    assert client.post(sign, {"is_signed": "no", "note": ""}).status_code == 422
    assert client.post(sign, {"is_signed": "yes"}).status_code == 302
    waiting.refresh_from_db()
    assert waiting.state == ProposalState.APPROVED
    assert "没有等待您签批的事项" in client.get(reverse("resolution:approvals")).content.decode()


def test_a_signature_one_may_not_give_is_not_offered(client: Client, waiting: Proposal, wang: User) -> None:
    client.force_login(wang)
    sign = address("sign", waiting.complaint, pk=waiting.approvals.get().pk)

    answer = client.get(sign)

    assert answer.status_code == 403
    assert 'name="is_signed"' not in answer.content.decode()


def test_approvals_are_for_those_who_may_sign(client: Client, wang: User) -> None:
    client.force_login(wang)

    assert client.get(reverse("resolution:approvals")).status_code == 403


def test_words_that_inflame_are_shown_beside_the_draft(client: Client, decided: Complaint, wang: User) -> None:
    save_avoided_word(None, by=SYSTEM, word="无理取闹", better_zh="您的感受我们理解")
    client.force_login(wang)
    draft_reply(decided, by=wang, body=f"{REPLY}请不要无理取闹。")

    page = client.get(address("compose", decided))

    assert [hit.word for hit in page.context["hits"]] == ["无理取闹"]
    assert "这些措辞可能激化矛盾" in page.content.decode()
    assert "倾听" in page.content.decode()


def test_strings_attached_come_back_as_typed(client: Client, decided: Complaint, wang: User) -> None:
    client.force_login(wang)

    page = client.post(address("compose", decided), {"body": "请先撤回12315投诉", "save": "1"})

    assert page.status_code == 422
    assert "补救不得附带条件" in page.content.decode()
    assert "请先撤回12315投诉" in page.content.decode()


def test_sending_leads_to_the_composer_where_nothing_is_approved(
    client: Client, decided: Complaint, wang: User
) -> None:
    client.force_login(wang)

    answer = client.get(address("send_reply", decided))

    assert answer["Location"] == address("compose", decided)


def test_the_reviewer_sends_back_with_a_note(client: Client, decided: Complaint, wang: User, carol: User) -> None:
    reply = submit_for_review(draft_reply(decided, by=wang, body=REPLY), by=wang)
    client.force_login(carol)
    review = address("review", decided, pk=reply.pk)

    assert client.post(review, {"send_back": "1", "note": ""}).status_code == 422
    assert client.post(review, {"send_back": "1", "note": "写明日期"}).status_code == 302
    reply.refresh_from_db()
    assert reply.state == ReplyState.SENT_BACK


def test_taken_back_from_the_panel(client: Client, reply_sent: Complaint, wang: User) -> None:
    client.force_login(wang)
    assert "答复即将发出" in client.get(address("panel", reply_sent)).content.decode()

    client.post(address("undo", reply_sent, pk=reply_sent.replies.get().pk))

    assert reply_sent.replies.get().state == ReplyState.APPROVED


def test_the_decision_letter_has_reference_reasons_and_routes(
    client: Client, reply_sent: Complaint, wang: User
) -> None:
    client.force_login(wang)

    page = client.get(address("letter", reply_sent)).content.decode()

    assert reply_sent.reference in page
    assert REPLY in page
    assert "12315" in page


def test_no_letter_before_there_is_one(client: Client, decided: Complaint, wang: User) -> None:
    client.force_login(wang)

    assert client.get(address("letter", decided)).status_code == 404


def test_the_panel_in_a_fixed_number_of_statements(
    client: Client, waiting: Proposal, wang: User, offer: Callable[..., Offer],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    for number in range(5):
        propose(waiting.complaint, offer(f"方案 {number}"), by=wang)
    client.force_login(wang)

    with django_assert_max_num_queries(22):
        page = client.get(address("panel", waiting.complaint)).content.decode()

    assert "待签批" in page


@pytest.mark.parametrize(
    "name",
    [
        *["proposal_new", "decide", "perform", "handle", "compose", "send_reply", "accept_reply", "refuse_reply"],
        *["rework", "final_opinion", "letter", "panel"],
    ],
)
def test_strangers_find_nothing(client: Client, reply_sent: Complaint, mallory: User, name: str) -> None:
    client.force_login(mallory)

    assert client.get(address(name, reply_sent)).status_code == 404
