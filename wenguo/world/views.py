"""Pages of the installation itself."""

from dataclasses import asdict

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from wenguo.world.queries import health


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when all is well, else 503. `?part=web` leaves the worker out: for balancers, which must not drop a web
    process because the worker is late."""
    state = health()
    is_well = state.web_is_well if request.GET.get("part") == "web" else state.is_well
    return JsonResponse({"status": "ok" if is_well else "failing", **asdict(state)}, status=200 if is_well else 503)
