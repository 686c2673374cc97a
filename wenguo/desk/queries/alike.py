"""What may be known already, while a complaint is being taken down."""

from datetime import timedelta

from django.db.models import Q

from wenguo.accounts.models import User
from wenguo.complaints.choices import Status
from wenguo.complaints.models import Complaint
from wenguo.complaints.queries.search import matching_ids
from wenguo.lib.now import now
from wenguo.lib.text import query_tokens

LOOKED_BACK = timedelta(days=90)
SHOWN = 5
TELLING_WORDS = 3


def alike(user: User, *, words: str = "", customer: int | None = None) -> list[Complaint]:
    """The same customer's complaints, or those that hold the three longest words, of the last 90 days."""
    telling = sorted({word for word in query_tokens(words[:2000]) if len(word) > 1}, key=lambda w: (-len(w), w))
    near = Q(pk__in=())
    if customer:
        near |= Q(customer=customer)
    if len(telling) >= TELLING_WORDS:
        near |= Q(pk__in=matching_ids(telling[:TELLING_WORDS]))
    rows = Complaint.objects.visible_to(user).live().filter(near, received_at__gte=now() - LOOKED_BACK)
    return list(rows.exclude(status=Status.MERGED).order_by("-received_at", "-id")[:SHOWN])
