"""One talk that ends it: the reply accepted, handled, closed with the score the complainant gave."""

from wenguo.accounts.models import User
from wenguo.complaints.actions import close_complaint
from wenguo.complaints.models import Complaint
from wenguo.lib.together import written_together
from wenguo.resolution.actions.answers import record_answer
from wenguo.resolution.actions.handled import mark_handled


@written_together()
def finish_satisfied(
    complaint: Complaint, *, by: User, score: int, through: str = "phone", note: str = "", version: int | None = None
) -> Complaint:
    """Three steps by one person in one go; each checks and leaves what it leaves alone.

    What they refuse stays refused: a major or complex complaint is called back by somebody else, a remedy still owed
    is performed first.
    """
    record_answer(complaint, by=by, accepted=True, through=through, version=version)
    mark_handled(complaint, by=by)
    return close_complaint(complaint, by=by, survey=score, note=note)
