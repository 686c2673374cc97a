"""Two people at one complaint: the second is told what changed, nothing is overwritten, what was typed stays."""

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from tests.cast.dispatch import fresh
from tests.journeys.hands import Machine, Window
from wenguo.accounts.models import Unit, User
from wenguo.complaints.models import Complaint
from wenguo.followup.actions import tell_progress
from wenguo.portal.models import HeldPost
from wenguo.process.models import TaxonomyNode


def typed_into(client: Client, path: str, **fields: object) -> dict[str, object]:
    """The form as it was opened, with these fields filled in."""
    form = client.get(path).context["form"]
    return {"version": form["version"].value(), **fields}


@pytest.mark.django_db
def test_the_second_is_told_who_did_what(
    judged: Complaint, gearbox_noise: TaxonomyNode, alice: User, carol: User
) -> None:
    path = f"/desk/complaints/{judged.reference}/classify/"
    first, second = Client(), Client()
    first.force_login(alice)
    second.force_login(carol)
    hers = typed_into(first, path, issue=gearbox_noise.pk, apparent_demand="换变速箱")
    theirs = typed_into(second, path, issue=gearbox_noise.pk, hidden_need="「不要被当傻子」 <b>")
    assert first.post(path, hers).status_code == 302
    late = second.post(path, theirs)
    page = unescape(late.content.decode())
    assert late.status_code == 409
    assert alice.name in page
    assert "「不要被当傻子」 <b>" in page
    assert "&lt;b&gt;" in late.content.decode()
    now = fresh(judged)
    assert (now.apparent_demand, now.hidden_need) == ("换变速箱", "")


@pytest.mark.django_db
def test_who_was_told_may_send_again_on_purpose(reviewed: Complaint, alice: User, carol: User, workshop: Unit) -> None:
    path = f"/desk/complaints/{reviewed.reference}/assign/"
    client = Client()
    client.force_login(carol)
    typed = typed_into(client, path, lead_unit=workshop.pk, note="请先核对三次检修记录")
    tell_progress(reviewed, by=alice, text="正在确定由哪个部门处理。")
    late = client.post(path, typed)
    assert late.status_code == 409
    again = {**typed, "version": late.context["form"]["version"].value()}
    assert client.post(path, again).status_code == 302
    assert fresh(reviewed).lead_unit == workshop


@pytest.mark.django_db
def test_a_machine_with_an_old_version_is_told_the_same(
    judged: Complaint, gearbox_noise: TaxonomyNode, alice: User, machine: Callable[[User], Machine]
) -> None:
    hers = machine(alice)
    path = f"/complaints/{judged.reference}/classify"
    body = {"issue": "gearbox-noise", "version": judged.version}
    assert hers.ask("POST", path, body).status_code == 200
    late = hers.ask("POST", path, {**body, "issue": "gearbox-jerk"})
    assert late.status_code == 409
    assert late.json()["changes"]
    assert fresh(judged).issue == gearbox_noise


@pytest.mark.django_db
def test_a_doubled_post_makes_one_complaint_and_one_receipt(
    client: Client, typed: Callable[..., dict[str, object]]
) -> None:
    post = typed()
    once, twice = client.post("/complain/", post), client.post("/complain/", post)
    assert once.status_code == twice.status_code == 302
    assert once["Location"] == twice["Location"]
    assert (Complaint.objects.count(), HeldPost.objects.count()) == (1, 0)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_in_the_browser_the_dialog_keeps_what_was_typed(
    seat: Callable[[str], Window], judged: Complaint, gearbox_noise: TaxonomyNode, alice: User
) -> None:
    first, second = seat("alice"), seat("carol")
    for desk in (first, second):
        desk.go(f"/desk/complaints/{judged.reference}/")
    form = second.open_dialog("/classify/")
    second.fill(form, issue="换挡顿挫", hidden_need="想要一个说法")
    first.take("/classify/", issue="变速箱异响")
    form.locator("button[type=submit]").click()
    told = second.page.locator("#dialog .notice")
    told.first.wait_for()
    second.look("told")
    assert alice.name in " ".join(told.all_inner_texts())
    assert second.page.locator("#dialog [name=hidden_need]").input_value() == "想要一个说法"
    assert fresh(judged).issue == gearbox_noise
