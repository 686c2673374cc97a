"""Home, bell and audit: what a role is told first, what rang before, names instead of codes."""

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wenguo.accounts.models import User
from wenguo.complaints.models import Complaint
from wenguo.desk.queries.home import alerts
from wenguo.outbox.actions import mark_read, ring
from wenguo.supervision.actions import draw_inspections


def test_drawn_complaints_wait_for_who_inspects(closed: Complaint, quinn: User, wang: User) -> None:
    day = timezone.localdate(closed.ended_at)
    draw_inspections(by=quinn, title="十一月检查", period_from=day, period_to=day, sample_size=1, seed=7)

    assert "1 起抽中的投诉待检查" in [alert.title for alert in alerts(quinn)]
    assert "1 起抽中的投诉待检查" not in [alert.title for alert in alerts(wang)]


def test_what_was_read_stays_below_what_is_new(client: Client, wang: User) -> None:
    ring(wang.pk, "assigned", "分派给您：漏油")
    mark_read(wang.pk)
    ring(wang.pk, "mention", "提到了您：异响")
    client.force_login(wang)

    page = client.get(reverse("desk:bell")).content.decode()

    assert page.index("提到了您：异响") < page.index("此前的通知") < page.index("分派给您：漏油")


def test_an_empty_bell_says_what_will_ring(client: Client, wang: User) -> None:
    client.force_login(wang)
    assert "会在这里提醒" in client.get(reverse("desk:bell")).content.decode()


def test_the_audit_names_people_and_steps(client: Client, submitted: Complaint, otto: User, alice: User) -> None:
    client.force_login(otto)
    page = client.get(reverse("desk:audit"), {"chain": f"complaint:{submitted.reference}"}).content.decode()
    assert f">{alice.name}<" in page
    assert ">提交<" in page
