"""Telling colleagues by the bell; whoever did it knows already."""

from collections.abc import Callable, Iterable

from wenguo.accounts.models import User
from wenguo.complaints.actions.bells import ring_people
from wenguo.complaints.models import Complaint
from wenguo.outbox.choices import NoticeKind


def ring_about(
    complaint: Complaint,
    people: Iterable[User],
    kind: NoticeKind,
    sentence: Callable[[], str],
    *,
    but: User | None = None,
) -> None:
    """One line behind the bell of each, in their own language; `but` is left out."""
    others = [person for person in people if but is None or person.pk != but.pk]
    ring_people(complaint, others, kind, sentence)
