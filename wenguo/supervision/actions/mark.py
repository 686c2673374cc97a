"""Stage 13: what the complaint is used for."""

from django.db import transaction
from django.utils.translation import gettext as _

from wenguo.accounts.models import User
from wenguo.complaints.actions.guard import advance, guard_step
from wenguo.complaints.choices import Step
from wenguo.complaints.models import Complaint
from wenguo.lib.errors import Refused
from wenguo.lib.links import path
from wenguo.lib.now import now
from wenguo.outbox.actions import ring
from wenguo.outbox.choices import NoticeKind
from wenguo.supervision.choices import MarkClass
from wenguo.supervision.models import ImprovementMark


@transaction.atomic
def mark_improvement(
    complaint: Complaint,
    *,
    by: User,
    mark_class: str,
    sentence: str,
    who: User | None = None,
    version: int | None = None,
) -> Complaint:
    """The mark of 13: class, one sentence, who. “Nothing to improve” needs its because, too."""
    complaint, row = guard_step(complaint, Step.MARK, by=by, version=version)
    if mark_class not in MarkClass.values:
        raise Refused(_("Choose what the complaint is used for."), field="mark_class")
    if not sentence.strip():
        raise Refused(
            _("Say it in one sentence: what is learnt, or why there is nothing to improve."), field="sentence"
        )
    if mark_class != MarkClass.NOTHING and who is None:
        raise Refused(_("Name who takes it on."), field="who")
    ImprovementMark.objects.update_or_create(
        complaint=complaint,
        defaults={"mark_class": mark_class, "sentence": sentence.strip()[:500], "who": who, "at": now(), "by": by},
    )
    if who is not None and who.pk != by.pk:
        text = _("You take on the improvement from %(reference)s") % {"reference": complaint.reference}
        ring(who.pk, NoticeKind.TASK, text, path=path("complaint", reference=complaint.reference))
    output = {"mark_class": mark_class, "who": who.pk if who else None}
    return advance(complaint, row, by=by, output=output, note=sentence)
