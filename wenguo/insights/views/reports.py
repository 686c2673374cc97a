"""Where registers and reports are: the page that leads to each."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from wenguo.accounts.access import check_permission, signed_in
from wenguo.accounts.choices import Permission


@dataclass(frozen=True)
class Place:
    """A link with what one finds there."""

    label: str
    text: str
    icon: str
    url: str


@login_required
@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    """All registers and reports this person may open."""
    check_permission(signed_in(request.user), Permission.SEE_FIGURES)
    return render(request, "insights/reports.html", {"places": _places()})


def _places() -> list[Place]:
    return [
        Place(
            _("Complaint register"),
            _("Every complaint with the fields of ISO 10002:2018 (annex E)."),
            "list",
            reverse("insights:register"),
        ),
        Place(
            _("Monthly report"),
            _("Figures and charts of a month with your words, approved, as PDF and Word."),
            "chart",
            reverse("insights:reports_of", args=["monthly"]),
        ),
        Place(
            _("Management review"),
            _("The inputs of ISO 10002:2018, 8.6, filled from figures where there are some."),
            "scale",
            reverse("insights:reports_of", args=["review"]),
        ),
        Place(
            _("Regulators"),
            _("Files in their codes, checked row by row: banks of China, CFPB, FCA, ASIC."),
            "building",
            reverse("insights:regulators"),
        ),
        Place(
            _("Public statistics"),
            _("What everybody may read on the portal; small numbers are left out."),
            "globe",
            reverse("insights:public"),
        ),
    ]
