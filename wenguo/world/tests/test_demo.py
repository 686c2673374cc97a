"""A small demo world: believable, provable, and something to do for everybody."""

from datetime import timedelta

import pytest
from django.db.models import Q

from wenguo.accounts.models import User
from wenguo.audit.queries import proven
from wenguo.complaints.models import Complaint
from wenguo.customers.choices import ValueTier
from wenguo.desk.queries.home import alerts, my_complaints, to_do
from wenguo.lib.now import now
from wenguo.process.choices import Stage
from wenguo.resolution.models import Reply
from wenguo.world.demo.build import LEFT, REGULARS, build_world

pytestmark = [pytest.mark.slow, pytest.mark.once, pytest.mark.django_db]
COUNT = 90
AFTER_THE_END = {Stage.IMPROVE, Stage.SUPERVISE}
AT_WORK = ("alice", "bob", "carol", "dora", "rex", "quinn", "mei", "wang", "liqiang", "dan", "zhaolei", "sunyang")
NEVER_STOOD_AT = {Stage.COLLECT, Stage.FOLLOW_UP}  # collected is submitted; 10 runs beside 11 and 12


@pytest.fixture
def people() -> dict[str, User]:
    build_world(now(), lambda _one: None, count=COUNT)
    return {person.username: person for person in User.objects.all()}


def test_a_small_world(people: dict[str, User]) -> None:
    told = [complaint for complaint in Complaint.objects.all() if (now() - complaint.received_at).days < 100]
    assert (Complaint.objects.count(), len(told)) == (COUNT + REGULARS, COUNT)
    assert {complaint.stage for complaint in told} == set(Stage) - NEVER_STOOD_AT
    assert {complaint.stage for complaint in told if complaint.is_open} >= set(Stage) - NEVER_STOOD_AT - AFTER_THE_END
    assert not Reply.objects.filter(body__contains="您好").exists()
    assert proven().broken == []
    idle = [name for name in AT_WORK if not _has_something(people[name])]
    assert idle == []
    assert _stayed() == REGULARS - LEFT


def _has_something(person: User) -> bool:
    return bool(alerts(person) or my_complaints(person) or to_do(person))


def _stayed() -> int:
    """Key customers of a year before who were heard from since."""
    long_ago = Q(customer__value_tier=ValueTier.KEY, ended_at__lt=now() - timedelta(days=366))
    ended = Complaint.objects.filter(long_ago).select_related("customer")
    return sum(
        one.customer is not None and one.customer.interactions.filter(at__gt=one.ended_at).exists() for one in ended
    )
