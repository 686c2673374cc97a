"""Pages anybody may read: how to complain, rights, articles, privacy, accessibility; and the poster of a shop."""

import segno
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from wenguo.insights.queries.public import public_statistics
from wenguo.insights.queries.published import quarters_of, tables_of
from wenguo.library.queries import published_articles
from wenguo.library.rules import blocks
from wenguo.portal.queries import place_of, places, service_unit
from wenguo.portal.views.frame import show


def qr(address: str) -> str:
    """An inline SVG without style attributes: black squares, sized by its class."""
    code = segno.make(address, error="m", micro=False)
    return SafeString(code.svg_inline(omitsize=True, border=2, svgclass="qr", lineclass=None))


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    return show(request, "home", {"articles": published_articles()[:4], "place": place_of(request.GET.get("at", ""))})


@require_GET
def rights(request: HttpRequest) -> HttpResponse:
    return show(request, "rights")


@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    return show(request, "privacy")


@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    return show(request, "accessibility")


@require_GET
def articles(request: HttpRequest) -> HttpResponse:
    return show(request, "articles", {"articles": published_articles()})


@require_GET
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """Only what is published for everybody."""
    found = next((one for one in published_articles() if one.pk == pk), None)
    if found is None:
        raise Http404
    return show(request, "article", {"article": found, "blocks": blocks(found.body)})


@require_GET
def statistics(request: HttpRequest) -> HttpResponse:
    """What the company tells everybody about its complaints, where it does: one row is read, nothing is counted."""
    row = public_statistics()
    if row is None:
        raise Http404
    answer = show(request, "statistics", {"statistics": row, "tables": tables_of(row), "quarters": quarters_of(row)})
    answer["Cache-Control"] = "public, max-age=300"
    answer["Vary"] = "Accept-Language, Cookie"
    return answer


@login_required
@require_GET
def posters(request: HttpRequest) -> HttpResponse:
    """Which shops a poster can be printed for."""
    return render(request, "portal/posters.html", {"places": places()})


@login_required
@require_GET
def poster(request: HttpRequest, code: str) -> HttpResponse:
    """One sheet of paper for a shop's wall: the code leads to the form with the shop filled in."""
    place = place_of(code)
    if place is None:
        raise Http404
    address = f"{settings.PUBLIC_URL.rstrip('/')}{reverse('portal:complain')}?at={place.code}"
    unit = service_unit()
    context = {"place": place, "qr": qr(address), "address": address, "service_phone": unit.phone if unit else ""}
    return render(request, "portal/poster.html", context)
