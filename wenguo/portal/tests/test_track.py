"""Tracking: proof, what is shown, what can be done, and what a wrong person sees: nothing."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from wenguo.accounts.models import User
from wenguo.complaints.actions import add_file, add_note, ask_for_more
from wenguo.complaints.choices import Status
from wenguo.complaints.models import Complaint, Entry
from wenguo.complaints.queries import tracking_token
from wenguo.lib.now import moved_to, now
from wenguo.outbox.models import OutboundMessage
from wenguo.portal.models import TrackingCode
from wenguo.portal.queries import tracking_of
from wenguo.portal.tokens import new_form_token
from wenguo.resolution.actions import answer_by_complainant
from wenguo.resolution.queries import told_reply

pytestmark = pytest.mark.django_db
ADDRESS = "zhang.wei@example.com"


def the_code() -> str:
    found = re.search(r"\b\d{6}\b", OutboundMessage.objects.filter(kind="code").latest("pk").body)
    assert found
    return found[0]


def ask(client: Client, reference: str, email: str = ADDRESS) -> None:
    answer = client.post("/track/", {"reference": reference, "email": email})
    assert (answer.status_code, answer["Location"]) == (302, "/track/code/")


def test_the_secret_link_opens_the_page(client: Client, web_key: str, web_complaint: Complaint) -> None:
    page = client.get(f"/track/{web_key}/")
    text = page.content.decode()
    assert "您的投诉已收到" in text
    assert "等待受理" in text
    assert web_complaint.reference in text
    assert "no-store" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "same-origin"


def test_english_is_complete(client: Client, web_key: str) -> None:
    text = client.get(f"/track/{web_key}/", headers={"accept-language": "en"}).content.decode()
    assert "We have received your complaint" in text
    assert "Being taken up" in text


@pytest.mark.parametrize(
    "change", [lambda k: k[:-1], lambda k: k + "0", lambda k: k.split(".")[0], lambda k: f"{k[:-1]}é"]
)
def test_a_forged_link_opens_nothing(client: Client, web_key: str, change: Callable[[str], str]) -> None:
    for path in ("track/{}/", "receipt/{}/", "track/{}/add/", "track/{}/answer/", "track/{}/files/1/"):
        assert client.get("/" + path.format(change(web_key))).status_code == 404


def test_unknown_and_forged_look_alike(client: Client, web_key: str) -> None:
    forged = client.get(f"/track/{web_key[:-1]}{'1' if web_key.endswith('0') else '0'}/")
    unknown = client.get("/track/WG-2601-000000.304931781403ab9d68295d15/")
    same = [re.sub(r'value="[^"]*"|"X-CSRFToken": "[^"]*"', "", page.content.decode()) for page in (forged, unknown)]
    assert same[0] == same[1]


def test_the_code_opens_the_page_for_half_an_hour(client: Client, web_complaint: Complaint) -> None:
    reference = web_complaint.reference
    ask(client, reference.lower().replace("-", " "), "Zhang.Wei@Example.com ")
    answer = client.post("/track/code/", {"code": the_code()})
    assert answer["Location"] == f"/track/{reference}/"
    assert client.get(f"/track/{reference}/").status_code == 200
    assert Client().get(f"/track/{reference}/").status_code == 404
    with moved_to(now() + timedelta(minutes=31)):
        assert client.get(f"/track/{reference}/").status_code == 404


def test_wrong_address_and_unknown_reference_look_alike_and_send_nothing(
    client: Client, web_complaint: Complaint
) -> None:
    OutboundMessage.objects.all().delete()
    pages = []
    for reference, email in (
        (web_complaint.reference, "other@example.com"),
        ("WG-2601-000000", ADDRESS),
        ("?", ADDRESS),
    ):
        ask(client, reference, email)
        pages.append(client.get("/track/code/").content.decode())
        assert client.post("/track/code/", {"code": "123456"}).status_code == 422
    blank = [re.sub(r'value="[^"]*"|"X-CSRFToken": "[^"]*"', "", page) for page in pages]
    assert blank[0] == blank[1] == blank[2]
    assert not OutboundMessage.objects.exists()
    assert TrackingCode.objects.filter(complaint=None).count() == 3


def test_a_code_is_tried_five_times_at_most(client: Client, web_complaint: Complaint) -> None:
    ask(client, web_complaint.reference)
    right = the_code()
    wrong = "000000" if right != "000000" else "111111"
    for _attempt in range(5):
        client.post("/track/code/", {"code": wrong})
    assert client.post("/track/code/", {"code": right}).status_code == 422
    assert TrackingCode.objects.get().used_at is None


def test_a_code_is_good_once_and_for_ten_minutes(client: Client, web_complaint: Complaint) -> None:
    ask(client, web_complaint.reference)
    with moved_to(now() + timedelta(minutes=11)):
        assert client.post("/track/code/", {"code": the_code()}).status_code == 422
    assert client.post("/track/code/", {"code": the_code()}).status_code == 302
    ask_again = Client()
    ask_again.get("/track/")
    assert ask_again.post("/track/code/", {"code": the_code()})["Location"] == "/track/"


def test_codes_are_asked_for_five_times_an_hour(client: Client, web_complaint: Complaint) -> None:
    for _time in range(5):
        ask(client, web_complaint.reference)
    again = client.post("/track/", {"reference": web_complaint.reference, "email": ADDRESS})
    assert again.status_code == 422
    assert TrackingCode.objects.count() == 5


def test_internal_notes_and_files_are_never_shown(client: Client, submitted: Complaint, alice: User) -> None:
    add_note(submitted, by=alice, text="内部：客户情绪激动")
    kept = add_file(submitted, by=alice, name="internal.txt", content=b"internal")
    key = tracking_token(submitted)
    page = client.get(f"/track/{key}/").content.decode()
    assert "情绪激动" not in page
    assert "internal.txt" not in page
    assert client.get(f"/track/{key}/files/{kept.pk}/").status_code == 404


def test_adding_words_and_files(client: Client, web_key: str, web_complaint: Complaint, form_token: str) -> None:
    upload = SimpleUploadedFile("invoice.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF")
    given = {"form_token": form_token, "words": "补充：里程 32000 公里。", "attachments": upload}
    answer = client.post(f"/track/{web_key}/add/", given)
    assert answer.status_code == 302
    entry = web_complaint.entries.get(body="补充：里程 32000 公里。")
    assert (entry.visibility, [file.name for file in entry.attachments.all()]) == ("public", ["invoice.pdf"])
    assert "invoice.pdf" in client.get(f"/track/{web_key}/").content.decode()


def test_adding_twice_adds_once(client: Client, web_key: str, web_complaint: Complaint, form_token: str) -> None:
    for _time in range(2):
        client.post(f"/track/{web_key}/add/", {"form_token": form_token, "words": "一样的话"})
    assert web_complaint.entries.filter(body="一样的话").count() == 1


def test_what_we_waited_for_lets_the_clocks_run(
    client: Client, accepted: Complaint, alice: User, form_token: str
) -> None:
    ask_for_more(accepted, by=alice, question="请问车架号是多少？")
    key = tracking_token(accepted)
    assert "请问车架号是多少" in client.get(f"/track/{key}/").content.decode()
    client.post(f"/track/{key}/add/", {"form_token": form_token, "words": "LHC12345678906021"})
    accepted.refresh_from_db()
    assert accepted.status == Status.OPEN
    assert not accepted.clocks.filter(state="paused").exists()


def test_a_bad_file_adds_nothing(client: Client, web_key: str, form_token: str) -> None:
    before = Entry.objects.count()
    upload = SimpleUploadedFile("photo.png", b"no picture")
    answer = client.post(f"/track/{web_key}/add/", {"form_token": form_token, "words": "看照片", "attachments": upload})
    assert answer.status_code == 422
    assert "看照片" in answer.content.decode()
    assert Entry.objects.count() == before


def test_chasing_is_counted_and_limited(client: Client, web_key: str, web_complaint: Complaint) -> None:
    for expected in (302, 302, 422):
        answer = client.post(f"/track/{web_key}/chase/", {"form_token": new_form_token(), "words": ""})
        assert answer.status_code == expected
    web_complaint.refresh_from_db()
    assert web_complaint.chased == 2
    assert "今天已经催办过两次" in answer.content.decode()


def test_withdrawing_needs_words_and_keeps_them(
    client: Client, web_key: str, web_complaint: Complaint, form_token: str
) -> None:
    assert client.post(f"/track/{web_key}/withdraw/", {"form_token": form_token, "words": " "}).status_code == 422
    client.post(f"/track/{web_key}/withdraw/", {"form_token": form_token, "words": "店里已经修好了"})
    web_complaint.refresh_from_db()
    assert web_complaint.status == Status.WITHDRAWN
    page = client.get(f"/track/{web_key}/").content.decode()
    assert "您已撤回这件投诉" in page
    assert "店里已经修好了" in page
    late = client.post(f"/track/{web_key}/withdraw/", {"form_token": new_form_token(), "words": "再撤一次"})
    assert late.status_code == 422


def answered(client: Client, complaint: Complaint, token: str, **given: object) -> int:
    reply = told_reply(complaint)
    assert reply
    key = tracking_token(complaint)
    data = {"form_token": token, "reply": reply.pk, **given}
    return client.post(f"/track/{key}/answer/", data).status_code


def test_accepting_the_answer(client: Client, reply_sent: Complaint, form_token: str) -> None:
    page = client.get(f"/track/{tracking_token(reply_sent)}/").content.decode()
    assert "答复来了" in page
    assert "免费更换变速箱总成" in page
    assert answered(client, reply_sent, form_token, answer="accept") == 302
    reply_sent.refresh_from_db()
    assert reply_sent.reply_accepted is True


def test_refusing_needs_a_reason_and_leads_to_second_review(
    client: Client, reply_sent: Complaint, form_token: str
) -> None:
    assert answered(client, reply_sent, form_token, answer="refuse") == 422
    reply_sent.refresh_from_db()
    assert reply_sent.reply_accepted is None
    assert answered(client, reply_sent, form_token, answer="refuse", reason="没有说明为什么三次都没查出来") == 302
    reply_sent.refresh_from_db()
    assert reply_sent.status == Status.SECOND_REVIEW
    page = client.get(f"/track/{tracking_token(reply_sent)}/").content.decode()
    assert "正在复核" in page
    assert "12315" in page


def test_an_older_answer_cannot_be_accepted(client: Client, reply_sent: Complaint, form_token: str) -> None:
    reply = told_reply(reply_sent)
    assert reply
    data = {"form_token": form_token, "reply": reply.pk + 99, "answer": "accept"}
    assert client.post(f"/track/{tracking_token(reply_sent)}/answer/", data).status_code == 422
    reply_sent.refresh_from_db()
    assert reply_sent.reply_accepted is None


def test_stale_steps_say_so(client: Client, web_key: str) -> None:
    assert "现在还不能这样做" in client.get(f"/track/{web_key}/answer/").content.decode()


def test_without_the_csrf_secret_added_words_come_back(web_key: str, form_token: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(f"/track/{web_key}/add/", {"form_token": form_token, "words": "很长的补充" * 30})
    assert answer.status_code == 403
    assert "很长的补充" in answer.content.decode()


def test_the_page_costs_a_fixed_number_of_statements(
    client: Client,
    web_key: str,
    web_complaint: Complaint,
    django_assert_num_queries: DjangoAssertNumQueries,
    form_token: str,
) -> None:
    client.get(f"/track/{web_key}/")
    with django_assert_num_queries(6):
        client.get(f"/track/{web_key}/")
    for number in range(4):
        client.post(f"/track/{web_key}/add/", {"form_token": form_token, "words": f"补充 {number}"})
    client.get(f"/track/{web_key}/")  # shows the messages once
    with django_assert_num_queries(6):
        client.get(f"/track/{web_key}/")


def test_what_was_refused_is_no_promise_any_more(reply_sent: Complaint) -> None:
    promised = [what for what, _on, _done in tracking_of(reply_sent).remedies]
    assert promised
    answer_by_complainant(reply_sent, accepted=False, reason="只换总成不够")
    reply_sent.refresh_from_db()
    assert tracking_of(reply_sent).remedies == []
    remedy = reply_sent.remedies.get()
    remedy.done_on = now().date()
    remedy.save()
    assert [what for what, _on, _done in tracking_of(reply_sent).remedies] == promised
