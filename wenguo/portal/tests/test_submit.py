"""The public form: what comes in, what is refused with what was typed, what is held, what counts once."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from tests.cast.portal import ADVERTISING, WEB_WORDS
from wenguo.accounts.models import Unit
from wenguo.audit.models import AuditEntry
from wenguo.complaints.models import Attachment, Complaint
from wenguo.customers.models import Consent, Customer, Interaction
from wenguo.lib.now import moved_to, now
from wenguo.outbox.models import OutboundMessage
from wenguo.portal.choices import HeldState, Suspicion
from wenguo.portal.models import HeldPost
from wenguo.portal.tokens import new_form_token

pytestmark = pytest.mark.django_db
Typed = Callable[..., dict[str, object]]


def picture(name: str = "photo.jpg") -> SimpleUploadedFile:
    made, exif = BytesIO(), Image.Exif()
    exif[0x010F] = "PhoneMaker"
    Image.new("RGB", (40, 30), (90, 120, 160)).save(made, "JPEG", exif=exif)
    return SimpleUploadedFile(name, made.getvalue(), "image/jpeg")


def nothing_was_written() -> bool:
    return not (
        Complaint.objects.exists()
        or Customer.objects.exists()
        or Interaction.objects.exists()
        or HeldPost.objects.exists()
    )


def test_a_complaint_comes_in_with_customer_contact_consent_and_receipt(client: Client, typed: Typed) -> None:
    answer = client.post("/complain/", typed())

    complaint = Complaint.objects.select_related("channel", "receiving_unit", "customer").get()
    assert answer.status_code == 302
    assert complaint.words == WEB_WORDS
    assert (complaint.channel.code, complaint.stage, complaint.recorded_by) == ("web", "accept", None)
    assert complaint.customer
    assert complaint.customer.full_name == "张伟"
    assert complaint.interaction
    assert complaint.interaction.customer == complaint.customer
    assert Consent.objects.get().is_given
    assert OutboundMessage.objects.get().kind == "received"
    assert AuditEntry.objects.filter(chain=complaint.audit_chain).get(event="submit").actor == "complainant"
    receipt = client.get(answer["Location"])
    assert complaint.reference in receipt.content.decode()
    assert "no-store" in receipt["Cache-Control"]
    assert "noindex" in receipt["X-Robots-Tag"]


def test_a_doubled_post_counts_once_and_gets_the_same_receipt(client: Client, typed: Typed) -> None:
    first = client.post("/complain/", typed())
    second = client.post("/complain/", typed())
    assert first["Location"] == second["Location"]
    assert Complaint.objects.count() == Customer.objects.count() == OutboundMessage.objects.count() == 1


def test_the_same_form_with_other_words_is_another_complaint(client: Client, typed: Typed) -> None:
    client.post("/complain/", typed())
    client.post("/complain/", typed(words="还有一件事：空调不制冷。"))
    assert Complaint.objects.count() == 2


def test_pictures_lose_their_metadata(client: Client, typed: Typed) -> None:
    client.post("/complain/", typed(attachments=[picture(), picture("second.jpg")]))
    kept = Attachment.objects.order_by("pk")
    assert [(file.name, file.visibility) for file in kept] == [("photo.jpg", "public"), ("second.jpg", "public")]
    key = client.post("/complain/", typed(attachments=[picture(), picture("second.jpg")]))["Location"].split("/")[2]
    sent = b"".join(client.get(f"/track/{key}/files/{kept[0].pk}/"))
    assert b"PhoneMaker" not in sent


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        pytest.param({"words": "  "}, "这个字段是必填项", id="no words"),
        pytest.param({"words": "很" * 100_001}, "太长了：100001 个字", id="too long"),
        pytest.param({"phone": "", "email": ""}, "请留电话或邮箱", id="no way to reach"),
        pytest.param({"phone": "12"}, "号码不完整", id="half a number"),
        pytest.param({"email": "zhang"}, "这不是电子邮件地址", id="no address"),
        pytest.param({"occurred_on": "2999-01-01"}, "这一天还没到", id="future"),
        pytest.param({"occurred_on": "0900-01-01"}, "年份太早了", id="ancient"),
        pytest.param({"occurred_on": "yesterday"}, "输入一个有效的日期", id="no date"),
        pytest.param({"naming": "nobody"}, "nobody", id="wrong choice"),
        pytest.param({"product": "no-such"}, "选择一个有效的选项", id="wrong product"),
        pytest.param({"name": "张" * 101}, "太长了：101 个字", id="long name"),
    ],
)
def test_what_is_wrong_changes_nothing_and_keeps_what_was_typed(
    client: Client, typed: Typed, fields: dict[str, object], said: str
) -> None:
    answer = client.post("/complain/", typed(remedy_sought="退一赔三", **fields))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "退一赔三" in page
    assert nothing_was_written()


@pytest.mark.parametrize(
    "upload",
    [
        pytest.param(SimpleUploadedFile("photo.jpg", b"MZ\x90\x00 a program"), id="disguised"),
        pytest.param(SimpleUploadedFile("page.html", b"<script>alert(1)</script>"), id="web page"),
        pytest.param(SimpleUploadedFile("empty.jpg", b""), id="empty"),
        pytest.param(SimpleUploadedFile("big.txt", b"a" * (20 * 1024 * 1024 + 1)), id="oversized"),
    ],
)
def test_a_bad_file_changes_nothing_and_says_to_choose_files_again(
    client: Client, typed: Typed, upload: SimpleUploadedFile
) -> None:
    upload.seek(0)
    answer = client.post("/complain/", typed(attachments=[picture(), upload]))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请重新选择照片和文件" in page
    assert "四方店检查了三次" in page
    assert nothing_was_written()


def test_unusual_text_is_kept_and_shown_as_written(client: Client, typed: Typed) -> None:
    words = "刹车失灵 😡 ‮مرحبا <script>alert(1)</script> NUL:\0 半个"
    where = client.post("/complain/", typed(words=words))["Location"]
    kept = "刹车失灵 😡 ‮مرحبا <script>alert(1)</script> NUL:\ufffd 半个"
    assert Complaint.objects.get().words == kept
    page = client.get(f"/track/{where.split('/')[2]}/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; NUL:\ufffd 半个" in page
    assert "<script>alert(1)" not in page


def test_broken_utf8_is_no_error(client: Client, typed: Typed) -> None:
    body = "&".join(f"{k}={v}" for k, v in typed(words="W", email=None).items() if k != "words").encode()
    answer = client.post("/complain/", b"words=%B1%E4%CB%D9 brakes&" + body, "application/x-www-form-urlencoded")
    assert answer.status_code == 302
    assert Complaint.objects.get().words.endswith("brakes")


def test_an_anonymous_complaint_keeps_neither_name_nor_contact(client: Client, typed: Typed) -> None:
    client.post("/complain/", typed(naming="anonymous"))
    complaint = Complaint.objects.get()
    assert (complaint.is_anonymous, complaint.customer) == (True, None)
    assert not Customer.objects.exists()


def test_whoever_complains_for_somebody_else_is_the_proxy(client: Client, typed: Typed) -> None:
    client.post("/complain/", typed(for_name="张大爷", proxy_relation="儿子"))
    complaint = Complaint.objects.get()
    assert (complaint.proxy_name, complaint.proxy_relation) == ("张伟", "儿子")
    assert complaint.customer
    assert complaint.customer.full_name == "张大爷"


def test_danger_is_urgent_at_once(client: Client, typed: Typed) -> None:
    where = client.post("/complain/", typed(danger="yes"))["Location"]
    complaint = Complaint.objects.get()
    assert complaint.is_safety
    assert complaint.is_urgent
    assert "tel:120" in client.get(where).content.decode()


def test_the_poster_fills_in_the_shop(client: Client, typed: Typed, qingdao_station: Unit) -> None:
    assert "青岛四方一站" in client.get("/complain/?at=QINGDAO-1").content.decode()
    client.post("/complain/", typed(at="QINGDAO-1"))
    assert Complaint.objects.get().respondent_unit == qingdao_station


def test_a_unit_that_is_no_shop_is_not_filled_in(client: Client, typed: Typed, head_office: Unit) -> None:
    client.post("/complain/", typed(at="HQ"))
    assert Complaint.objects.get().respondent_unit is None


@pytest.mark.parametrize("token", ["", "forged", "W10:1abc:xyz"])
def test_a_stale_form_comes_back_with_its_words_and_works_then(client: Client, typed: Typed, token: str) -> None:
    answer = client.post("/complain/", typed(form_token=token))
    assert answer.status_code == 422
    assert "四方店检查了三次" in answer.content.decode()
    fresh = answer.context["form"]["form_token"].value()
    with moved_to(now() + timedelta(seconds=20)):
        assert client.post("/complain/", typed(form_token=fresh)).status_code == 302
    assert Complaint.objects.count() == 1


def test_without_the_csrf_secret_the_words_come_back_in_a_fresh_form(typed: Typed) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/complain/", typed())
    assert answer.status_code == 403
    assert "四方店检查了三次" in answer.content.decode()
    assert nothing_was_written()
    again = typed(
        form_token=answer.context["form"]["form_token"].value(), csrfmiddlewaretoken=strict.cookies["csrftoken"].value
    )
    with moved_to(now() + timedelta(seconds=20)):
        assert strict.post("/complain/", again).status_code == 302


def test_spam_is_held_and_the_sender_gets_a_receipt(client: Client, typed: Typed) -> None:
    answer = client.post("/complain/", typed(words=ADVERTISING, attachments=[picture()]))
    held = HeldPost.objects.get()
    assert not Complaint.objects.exists()
    assert not Customer.objects.exists()
    assert held.state == HeldState.WAITING
    assert held.reasons == [Suspicion.LINKS, Suspicion.ADVERTISING]
    assert [file["name"] for file in held.files] == ["photo.jpg"]
    assert "已经收到" in client.get(answer["Location"]).content.decode()


def test_a_filled_trap_is_held(client: Client, typed: Typed) -> None:
    client.post("/complain/", typed(website="http://example.com"))
    assert HeldPost.objects.get().reasons == [Suspicion.TRAP]


def test_a_form_sent_within_seconds_is_held(client: Client, typed: Typed) -> None:
    client.post("/complain/", typed(form_token=new_form_token()))
    assert HeldPost.objects.get().reasons == [Suspicion.FAST]


def test_many_posts_from_one_address_are_held_not_lost(client: Client, typed: Typed) -> None:
    for number in range(21):
        Client().post("/complain/", typed(words=f"第 {number} 件：变速箱异响"))
    assert (Complaint.objects.count(), HeldPost.objects.count()) == (20, 1)
    assert HeldPost.objects.get().reasons == [Suspicion.MANY]


def test_danger_is_never_held_for_its_speed(client: Client, typed: Typed) -> None:
    client.post("/complain/", typed(form_token=new_form_token(), danger="yes"))
    assert Complaint.objects.get().is_safety


def test_time_of_the_problem_may_be_today(client: Client, typed: Typed) -> None:
    client.post("/complain/", typed(occurred_on=timezone.localdate().isoformat()))
    assert Complaint.objects.get().occurred_on == timezone.localdate()
