"""The addresses of the whole. Each room keeps its own in `urls.py`; its prefix is chosen here."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from config.api import api

ROOMS = [
    ("", "wenguo.portal.urls"),
    ("desk/", "wenguo.desk.urls"),
    ("desk/", "wenguo.insights.urls"),
    ("desk/", "wenguo.supervision.urls"),
    ("desk/", "wenguo.intake.urls"),
    ("desk/", "wenguo.followup.urls"),
    ("desk/", "wenguo.resolution.urls"),
    ("desk/", "wenguo.investigation.urls"),
    ("desk/", "wenguo.dispatch.urls"),
    ("desk/complaints/", "wenguo.complaints.urls"),
    ("desk/customers/", "wenguo.customers.urls"),
    ("desk/library/", "wenguo.library.urls"),
    ("desk/process/", "wenguo.process.urls"),
    ("desk/audit/", "wenguo.audit.urls"),
    ("accounts/", "wenguo.accounts.urls"),
    ("", "wenguo.ui.urls"),
    ("", "wenguo.world.urls"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    *(path(prefix, include(urls)) for prefix, urls in ROOMS if find_spec(urls)),
    path("accounts/", include("allauth.urls")),
    path("api/v1/", api.urls),
]
