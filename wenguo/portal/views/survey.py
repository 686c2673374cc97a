"""Three taps: handling, result, product."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wenguo.followup.actions.call_back import Answer
from wenguo.followup.models import Survey
from wenguo.followup.queries import survey_of
from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.portal.actions import rate_from_web
from wenguo.portal.forms import SurveyForm
from wenguo.portal.views.frame import not_there, secret, show


@never_cache
@require_http_methods(["GET", "POST"])
def survey(request: HttpRequest, token: str) -> HttpResponse:
    """Answered once; afterwards, and when its time is over, the page says so."""
    found = survey_of(token)
    if found is None:
        return not_there(request)
    over = found.answered_at is not None or found.expires_at < now()
    form = SurveyForm(request.POST or None)
    if request.method == "POST" and not over and form.is_valid() and _rated(found, form):
        found.answered_at, over = now(), True
    context = {"survey": found, "form": form, "over": over}
    return secret(show(request, "survey", context, status=422 if form.errors and not over else 200))


def _rated(found: Survey, form: SurveyForm) -> bool:
    try:
        rate_from_web(found, Answer(**form.cleaned_data))
    except Refused as no:
        form.add_error(None, no.sentence)
        return False
    return True
