"""Boards a person may open."""

from django.db.models import Q

from wenguo.accounts.models import User
from wenguo.insights.models import Board

MOST = 60


def boards_of(user: User) -> list[Board]:
    """Own ones and those others share, by name."""
    rows = Board.objects.filter(Q(owner=user) | Q(is_shared=True)).select_related("owner")
    return list(rows.order_by("name", "id")[:MOST])
