"""A refused answer is never called solved; who has nothing to do with a complaint sees nothing of it."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast.dispatch import fresh
from tests.journeys.hands import Machine
from wenguo.accounts.models import User
from wenguo.complaints.actions import close_complaint
from wenguo.complaints.choices import Status
from wenguo.complaints.models import Complaint
from wenguo.complaints.queries import tracking_token
from wenguo.insights.choices import Figure, Part, Period
from wenguo.insights.queries import Asked, rows_of
from wenguo.insights.rules import span_of
from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.resolution.actions import approve_reply, draft_reply, submit_for_review
from wenguo.resolution.choices import ReplyKind

pytestmark = pytest.mark.django_db

REASON = "只换总成不够，误工三天也要有个说法"
OPINION = "复核小组重新核对了工单与路试录音，维持更换总成的决定；误工三天另按标准补偿。"


def refuse_on_the_portal(client: Client, complaint: Complaint) -> str:
    """Says no on the tracking page; gives its path."""
    path = f"/track/{tracking_token(complaint)}/"
    form = client.get(f"{path}answer/").context["form"]
    typed = {name: form[name].value() for name in ("form_token", "reply")}
    answer = client.post(f"{path}answer/", {**typed, "answer": "refuse", "reason": REASON}, follow=True)
    assert answer.status_code == 200
    return path


def test_refused_goes_to_second_review_and_cannot_be_closed(
    client: Client, reply_sent: Complaint, carol: User, wang: User
) -> None:
    path = refuse_on_the_portal(client, reply_sent)
    complaint = fresh(reply_sent)
    assert (complaint.status, complaint.reply_accepted, complaint.handled_at) == (Status.SECOND_REVIEW, False, None)
    with pytest.raises(Refused):
        close_complaint(complaint, by=carol)
    assert fresh(complaint).status == Status.SECOND_REVIEW
    page = client.get(path).content.decode()
    assert "复核" in page
    assert "12315" in page  # the outside routes stand there at once


def test_the_final_opinion_closes_it_as_not_accepted_and_counts_it_apart(
    client: Client, reply_sent: Complaint, carol: User, rex: User, mei: User, machine: Callable[..., Machine]
) -> None:
    path = refuse_on_the_portal(client, reply_sent)
    complaint = fresh(reply_sent)
    opinion = draft_reply(complaint, by=rex, body=OPINION, kind=ReplyKind.FINAL_OPINION)
    submit_for_review(opinion, by=rex)
    approve_reply(opinion, by=mei)
    machine(rex).post(f"/complaints/{complaint.reference}/final_opinion", {"reply": opinion.pk})
    complaint = fresh(complaint)
    assert complaint.status == Status.NOT_ACCEPTED
    page = client.get(path).content.decode()
    assert OPINION in page
    assert "12315" in page
    solved = rows_of(Figure.RESOLUTION, Part.MET, Asked(mei, span_of(Period.ALL, now(), mei.zone)))
    assert not solved.filter(pk=complaint.pk).exists()
    assert machine(mei).read("/complaints?status=not_accepted")["count"] == 1


def test_a_stranger_sees_nothing_anywhere(
    client: Client, reply_sent: Complaint, mallory: User, machine: Callable[..., Machine]
) -> None:
    reference = reply_sent.reference
    client.force_login(mallory)
    for page in (f"/desk/complaints/?q={reference}", "/desk/complaints/?q=变速箱", "/desk/", "/desk/palette/?q=变速箱"):
        answer = client.get(page)
        assert "换挡时异响" not in answer.content.decode()
        assert f"/desk/complaints/{reference}/" not in answer.content.decode()
    for rest in ("", "file/", "accept/", "decide/", "panel/timeline/", "panel/resolution/", "letter/", "pulse/"):
        assert client.get(f"/desk/complaints/{reference}/{rest}").status_code == 404, rest
    export = client.get("/desk/complaints/export.csv")
    assert reference.encode() not in (export.getvalue() if export.status_code == 200 else export.content)
    assert client.get(f"/track/{reference}.0000/").status_code == 404


def test_a_strangers_machine_sees_nothing_and_changes_nothing(
    reply_sent: Complaint, mallory: User, machine: Callable[..., Machine]
) -> None:
    theirs, path = machine(mallory), f"/complaints/{reply_sent.reference}"
    assert theirs.read("/complaints")["rows"] == []
    assert theirs.read("/complaints?text=变速箱")["count"] == 0
    for rest in ("", "/timeline", "/resolution", "/investigation", "/clocks", "/files", "/route", "/dispatch"):
        assert theirs.ask("GET", path + rest).status_code == 404, rest
    sent = {
        "accept": {},
        "close": {},
        "handle": {},
        "notes": {"text": "x"},
        "call_back": {"handling": 5},
        "progress": {"text": "x"},
        "mark": {"mark_class": "nothing", "sentence": "x"},
        "inspect": {"answers": {}, "verdict": "x"},
        "oversight": {"text": "x", "due_at": "2030-01-01T00:00:00Z"},
    }
    answers = {verb: theirs.ask("POST", f"{path}/{verb}", body).status_code for verb, body in sent.items()}
    assert answers == dict.fromkeys(sent, 404)
    assert fresh(reply_sent).version == reply_sent.version
