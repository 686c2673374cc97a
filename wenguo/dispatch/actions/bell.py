"""Telling colleagues by the bell, each in their own language."""

from collections.abc import Callable, Iterable

from django.utils import translation

from wenguo.accounts.models import User
from wenguo.complaints.models import Complaint
from wenguo.lib.links import path
from wenguo.outbox.actions import ring
from wenguo.outbox.choices import NoticeKind


def ring_about(
    complaint: Complaint,
    people: Iterable[User],
    kind: NoticeKind,
    sentence: Callable[[], str],
    *,
    but: User | None = None,
) -> None:
    """One line behind the bell of each; `sentence` is asked once per language, `but` is who did it and knows."""
    for person in {person.pk: person for person in people}.values():
        if but is not None and person.pk == but.pk:
            continue
        with translation.override(person.language):
            text = f"{complaint.reference} · {sentence()}"
        ring(person.pk, kind, text, path=path("complaint", reference=complaint.reference), about=complaint.audit_chain)
