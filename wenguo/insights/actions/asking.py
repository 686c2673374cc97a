"""Putting a question to the lake: leaves the row, the worker's child answers it."""

from django.db import transaction
from django.utils.translation import gettext as _

from wenguo.accounts.access import check_permission
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.insights.models import AdHocQuery
from wenguo.insights.models.asked import AskedState
from wenguo.insights.queries.registry import all_metrics
from wenguo.insights.rules.questions import Question, fault_of
from wenguo.lib.errors import Refused
from wenguo.lib.now import now

AT_ONCE = 3  # questions of one person that may wait


@transaction.atomic
def ask_lake(question: Question, *, by: User) -> AdHocQuery:
    """Answered within the asker's scope as it is then; what is about the asker is left out."""
    check_permission(by, Permission.SEE_FIGURES)
    if fault := fault_of(question, all_metrics()):
        raise Refused(_("This question cannot be asked. Choose a metric, a period, and at most three groups."), fault)
    User.objects.select_for_update().get(pk=by.pk)
    if AdHocQuery.objects.filter(user=by, state__in=[AskedState.WAITING, AskedState.WORKING]).count() >= AT_ONCE:
        raise Refused(_("Three of your questions are still waiting. Let them be answered, or cancel one."))
    return AdHocQuery.objects.create(user=by, asked=question.as_json(), asked_at=now())


def cancel_question(question: AdHocQuery, *, by: User) -> bool:
    """Only one's own, and only while it is not answered; the child that works on it notices."""
    open_ones = AdHocQuery.objects.filter(pk=question.pk, user=by, state__in=[AskedState.WAITING, AskedState.WORKING])
    return bool(open_ones.update(state=AskedState.CANCELLED, finished_at=now()))
