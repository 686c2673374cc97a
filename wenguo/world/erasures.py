"""The job that picks up what was asked on the page of erasures: counts, erases, removes files."""

from django.conf import settings
from django.utils import translation

from wenguo.customers.actions import end_erasure, note_count
from wenguo.customers.choices import ErasureState
from wenguo.customers.models import Erasure
from wenguo.lib.actors import SYSTEM
from wenguo.lib.errors import NotAllowed
from wenguo.world.forget import carry_out, foresee, remove_files


def run_erasures() -> int:
    """One request; how many were worked on. A killed run is taken up again: the row tells what is left to do."""
    erasure = Erasure.objects.filter(state__in=[ErasureState.CHECKING, ErasureState.CONFIRMED]).order_by("id").first()
    if erasure is None:
        return _remove_left_files()
    person = erasure.confirmed_by or erasure.asked_by
    with translation.override(person.language if person else settings.LANGUAGE_CODE):
        try:
            _work_on(erasure)
        except NotAllowed as no:  # whoever asked may not any more
            end_erasure(erasure, ErasureState.REFUSED, refusals=[no.sentence])
    return 1


def _work_on(erasure: Erasure) -> None:
    if erasure.state == ErasureState.CONFIRMED:
        carry_out(erasure)
        return
    found = foresee(erasure.customer, by=erasure.asked_by or SYSTEM, ground=erasure.ground)
    note_count(erasure, found.gone, found.refusals)


def _remove_left_files() -> int:
    """Of an erasure that was committed when the process died."""
    left = list(Erasure.objects.filter(state=ErasureState.DONE).exclude(files=[])[:10])
    for erasure in left:
        remove_files(erasure)
    return len(left)
