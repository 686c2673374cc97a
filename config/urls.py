"""The addresses of the whole. Each room keeps its own in `urls.py`; its prefix is chosen here."""

from django.urls import URLPattern, URLResolver, include, path

from config.api import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("wenguo.portal.urls")),
    path("desk/", include("wenguo.desk.urls")),
    path("desk/", include("wenguo.insights.urls")),
    path("desk/", include("wenguo.supervision.urls")),
    path("desk/", include("wenguo.intake.urls")),
    path("desk/", include("wenguo.followup.urls")),
    path("desk/", include("wenguo.resolution.urls")),
    path("desk/", include("wenguo.investigation.urls")),
    path("desk/", include("wenguo.dispatch.urls")),
    path("desk/complaints/", include("wenguo.complaints.urls")),
    path("desk/customers/", include("wenguo.customers.urls")),
    path("desk/library/", include("wenguo.library.urls")),
    path("desk/process/", include("wenguo.process.urls")),
    path("accounts/", include("wenguo.accounts.urls")),
    path("", include("wenguo.ui.urls")),
    path("", include("wenguo.world.urls")),
    path("accounts/", include("allauth.urls")),
    path("api/v1/", api.urls),
]
