"""Where a setting is in use: a fragment the settings pages load."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from wenguo.accounts.access import signed_in
from wenguo.desk.queries.used_in import used_in
from wenguo.process.access import check_may_read


@login_required
@require_GET
def uses(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    user = signed_in(request.user)
    check_may_read(user)
    found = used_in(user, kind, key)
    if found is None:
        raise Http404
    return render(request, "desk/_used_in.html", {"uses": found})
