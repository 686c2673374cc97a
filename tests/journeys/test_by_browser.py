"""A complaint's whole life in real browsers: a phone for the complainant, a desk for everybody else."""

import io
import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from PIL import Image

from tests.cast.complaints import WORDS
from tests.cast.resolution import REPLY
from tests.journeys.hands import Window
from wenguo.accounts.models import User
from wenguo.complaints.actions.files import open_file
from wenguo.complaints.choices import Status
from wenguo.complaints.models import Complaint
from wenguo.lib.now import now
from wenguo.process.choices import Stage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Seat = Callable[[str], Window]


def photo() -> dict[str, object]:
    """A picture that knows where it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    out = io.BytesIO()
    Image.new("RGB", (640, 480), (120, 90, 60)).save(out, "JPEG", exif=exif)
    return {"name": "变速箱.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def submit_on_phone(phone: Window) -> str:
    """Home → form → receipt → tracking; gives the path of the tracking page."""
    page = phone.page
    phone.go("/")
    assert phone.overflow() <= 0
    page.locator("a[href='/complain/']").first.click()
    form = page.locator("form.portal-form")
    phone.fill(form, words=WORDS, remedy_sought="免费更换变速箱总成", name="张伟", phone="138 1234 6021")
    phone.fill(form, email="zhang.wei@example.com", attachments=photo())
    page.wait_for_timeout(3000)  # who writes in less than three seconds is looked at first
    assert phone.overflow() <= 0
    phone.submit(form)
    phone.look()
    assert "/receipt/" in page.url
    assert phone.overflow() <= 0
    page.locator("a[href^='/track/']").first.click()
    phone.look()
    assert phone.overflow() <= 0
    return page.url.removeprefix(phone.house)


def open_as(seat: Seat, username: str, complaint: Complaint) -> Window:
    desk = seat(username)
    desk.go(f"/desk/complaints/{complaint.reference}/")
    return desk


def test_from_the_customers_words_to_a_proven_satisfied_close(window: Callable[..., Window], seat: Seat) -> None:
    phone = window(360, 740)
    tracking = submit_on_phone(phone)
    complaint = Complaint.objects.get()
    stored = complaint.attachments.get()
    with open_file(stored, by=User.objects.get(username="alice")) as file:
        assert b"SecretCamera" not in file.read()

    assess(seat, complaint)
    work_out(seat, complaint)
    phone.go(tracking)
    accept_answer(phone)
    finish(seat, complaint)

    complaint.refresh_from_db()
    assert (complaint.status, complaint.satisfaction) == (Status.CLOSED, 5)
    assert {output.stage for output in complaint.outputs.all()} == {stage.value for stage in Stage}
    out = io.StringIO()
    call_command("audit", "verify", "--json", stdout=out)
    assert json.loads(out.getvalue())["broken"] == []
    phone.go(tracking)
    assert "已结案" in phone.page.inner_text("h1")
    assert phone.overflow() <= 0


def assess(seat: Seat, complaint: Complaint) -> None:
    """Stages 2 to 7."""
    desk = open_as(seat, "alice", complaint)
    desk.look()
    assert desk.primary() == "accept"
    desk.take("/accept/")
    desk.take("/judge-valid/", checks=["complaint", "ours", "identifiable", "complete", "new"])
    desk.take("/classify/", issue="变速箱异响", apparent_demand="换变速箱", hidden_need="要安全感")
    desk = open_as(seat, "dora", complaint)
    desk.take("/importance/", severity="5", safety="3", complexity="2", impact="2")
    desk = open_as(seat, "rex", complaint)
    form = desk.open_dialog("/review/")
    desk.fill(form, decision="按重大投诉处理", minutes="已核对三次检修记录。")
    for box in form.locator("[name=present]").all():
        box.check(force=True)
    desk.submit(form)
    desk = open_as(seat, "carol", complaint)
    desk.take("/assign/", lead_unit="售后维修部", owner="王建国", note="请先核对三次检修记录")


def work_out(seat: Seat, complaint: Complaint) -> None:
    """Stages 8 to 11, up to the reply that is sent."""
    desk = open_as(seat, "wang", complaint)
    desk.take("/take-on/")
    desk.take("/allegations/", text="三次检修没有查出变速箱异响")
    desk.take("/finding/", finding="substantiated", reasoning="维修工单与路试录音一致")
    whys = {"why_1": "三次检修都没有发现异响", "why_2": "检修后没有路试", "why_3": "交车检验单上没有路试这一项"}
    desk.take("/causes/", node="交车检验缺项", **whys)
    desk.look()
    desk.take("/finish-cause/")
    promised = timezone.localdate(now() + timedelta(days=5)).isoformat()
    desk.take("/options/", title="免费更换变速箱总成", remedy="更换零件", promised_on=promised)
    desk.take(
        "/options/", title="免费维修并补偿", remedy="免费维修", payment="goodwill", amount="300", promised_on=promised
    )
    form = desk.open_dialog("/decide/")
    form.locator("[name=proposal]").first.check(force=True)
    desk.submit(form)
    desk.look()
    desk.page.locator("a[href$='/reply/']").first.click()
    form = desk.page.locator("form.composer[data-draft^=reply]")
    desk.fill(form, body=REPLY)
    desk.look()
    with desk.page.expect_navigation():
        form.locator("button[name=submit]").click()
    desk = open_as(seat, "carol", complaint)
    desk.page.locator("a[href$='/review/']:visible").first.click()
    desk.look()
    with desk.page.expect_navigation():
        desk.page.click("button[name=approve]")
    desk = open_as(seat, "wang", complaint)
    desk.take("/send-reply/")
    desk.look()


def accept_answer(phone: Window) -> None:
    assert REPLY in phone.page.inner_text("main")
    assert phone.overflow() <= 0
    phone.page.locator("a[href$='/answer/']").first.click()
    form = phone.page.locator("main form")
    phone.fill(form, answer="accept")
    assert phone.overflow() <= 0
    phone.submit(form)
    phone.look()


def finish(seat: Seat, complaint: Complaint) -> None:
    """Handled, remedy performed, called back, closed, used and inspected."""
    desk = open_as(seat, "wang", complaint)
    desk.take("/handle/")
    today = timezone.localdate(now()).isoformat()
    desk.take("/perform/", done_on=today, proof="更换工单已由车主签字")
    desk = open_as(seat, "alice", complaint)
    desk.take("/call_back/", handling="5", result="5", product="4", comment="修好了，谢谢。")
    desk = open_as(seat, "carol", complaint)
    desk.take("/close/")
    desk.look()
    desk = open_as(seat, "quinn", complaint)
    desk.take("/mark/", mark_class="proposal", sentence="交车检验单加上路试一项", who="王建国")
    form = desk.open_dialog("/inspect/")
    for box in form.locator("[name^=check_][value=conforms]").all():
        box.check(force=True)
    desk.fill(form, verdict="处理规范，客户满意。")
    desk.submit(form)
    desk.look()
