"""What complainants do on their own page: add, chase, answer, take back. Once per form, and never too often."""

from collections.abc import Callable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from wenguo.complaints.actions import add_words, chase_complaint, receive_more, withdraw_complaint
from wenguo.complaints.actions.files import MOST_FILES, keep_file
from wenguo.complaints.actions.guard import lock_complaint, notice_change
from wenguo.complaints.actions.search import index_complaint
from wenguo.complaints.choices import Status, Visibility
from wenguo.complaints.models import Complaint
from wenguo.followup.actions import answer_survey
from wenguo.followup.actions.call_back import Answer
from wenguo.followup.models import Survey
from wenguo.lib.actors import COMPLAINANT
from wenguo.lib.errors import Refused
from wenguo.lib.uploads import CheckedFile
from wenguo.outbox.actions import answer_once
from wenguo.portal import rules
from wenguo.portal.actions.counting import check_not_too_often, is_too_often
from wenguo.portal.tokens import FormToken, fingerprint
from wenguo.resolution.actions import answer_by_complainant
from wenguo.resolution.queries import told_reply

SCOPE = "portal.track"
THROUGH = "portal"


def add_from_web(complaint: Complaint, *, form: FormToken, words: str, files: Sequence[CheckedFile]) -> None:
    """More words or files. Where we waited for them, the clocks run again."""

    def perform() -> str:
        check_not_too_often("add", complaint.reference, rules.ADDITIONS)
        locked = lock_complaint(complaint)
        if locked.status == Status.MERGED:
            raise Refused(_("This complaint is handled together with another one. Please add it there, or call us."))
        entry = add_words(locked, by=COMPLAINANT, words=words or _("I send you some files."), through=THROUGH)
        locked = lock_complaint(complaint)
        if locked.attachments.count() + len(files) > MOST_FILES:
            raise Refused(_("A complaint holds at most %(n)d files. Put several into one PDF.") % {"n": MOST_FILES})
        for file in files:
            keep_file(locked, file, by=COMPLAINANT, visibility=Visibility.PUBLIC, entry=entry)
        if files:
            notice_change(locked)
            index_complaint(locked)
        if locked.status == Status.WAITING:
            receive_more(locked, by=COMPLAINANT)
        return "added"

    _once(form, [words, *(file.sha256 for file in files)], perform)


def chase_from_web(complaint: Complaint, *, form: FormToken, words: str) -> None:
    """催办: where does it stand? Twice a day is enough."""

    def perform() -> str:
        if is_too_often("chase", complaint.reference, rules.CHASES):
            raise Refused(
                _("You asked twice today already, and the people in charge know. If it cannot wait, call us.")
            )
        return chase_complaint(complaint, by=COMPLAINANT, words=words).reference

    _once(form, [words], perform)


def withdraw_from_web(complaint: Complaint, *, form: FormToken, words: str) -> None:
    """Taken back, in the complainant's own recorded words."""

    def perform() -> str:
        return withdraw_complaint(complaint, by=COMPLAINANT, words=words, through=THROUGH).reference

    _once(form, [words], perform)


def answer_from_web(complaint: Complaint, *, form: FormToken, reply: int, accepted: bool, reason: str) -> None:
    """Accepts or refuses the reply that was on the page; a newer one has to be read first."""

    def perform() -> str:
        told = told_reply(lock_complaint(complaint))
        if told is None or told.pk != reply:
            raise Refused(_("We have changed our answer in the meantime. Please read it again before you decide."))
        answer_by_complainant(complaint, accepted=accepted, reason=reason, through=THROUGH)
        return "answered"

    _once(form, [str(reply), str(accepted), reason], perform)


@transaction.atomic
def rate_from_web(survey: Survey, answer: Answer) -> None:
    """The three scores, through the link of the survey."""
    answer_survey(survey, answer)


def _once(form: FormToken, said: list[str], perform: Callable[[], str]) -> None:
    """A form posted twice is done once; sent again with other words it is something new."""
    key = f"{form.nonce}:{fingerprint(said)}"
    answer_once(SCOPE, key, key, perform)
