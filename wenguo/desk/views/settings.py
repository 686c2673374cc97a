"""One page that leads to everything that can be configured."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from wenguo.accounts.access import can, check_permission, signed_in
from wenguo.accounts.choices import Permission
from wenguo.complaints.actions.synonyms import set_synonyms
from wenguo.complaints.queries.synonyms import synonyms_text
from wenguo.desk.forms import SynonymsForm
from wenguo.ui.steps import StepPage, answer_step


@dataclass(frozen=True)
class Place:
    """A link with what one does there; shown where the permission holds (None: to everybody)."""

    label: str
    text: str
    icon: str
    url: str
    needs: Permission | None = None


@login_required
@require_GET
def settings_index(request: HttpRequest) -> HttpResponse:
    """Groups of places this person may open."""
    groups = [
        (title, [place for place in places if place.needs is None or can(signed_in(request.user), place.needs)])
        for title, places in _groups()
    ]
    return render(request, "desk/settings.html", {"groups": [group for group in groups if group[1]]})


@login_required
@require_http_methods(["GET", "POST"])
def synonyms(request: HttpRequest) -> HttpResponse:
    """Words that mean the same when searching, as one list to write or paste."""
    user = signed_in(request.user)
    check_permission(user, Permission.SETTINGS)
    form = SynonymsForm(request.POST or None, initial={"text": synonyms_text()})
    page = StepPage(_("Synonyms"), reverse("desk:settings"), _("Save"), _("The synonyms are saved."))
    return answer_step(request, page, form, lambda valid: set_synonyms(valid.cleaned_data["text"], by=user))


def _groups() -> list[tuple[str, list[Place]]]:
    return [(_("Process"), _process()), (_("People"), _people()), (_("Data"), _data())]


def _process() -> list[Place]:
    settings = Permission.SETTINGS
    return [
        Place(
            _("Process standard"), _("Fourteen stages: owner, procedure, limits"), "branch", reverse("process:index")
        ),
        Place(_("Routing"), _("Who leads which complaint"), "split", reverse("dispatch:routing"), settings),
        Place(
            _("Texts"),
            _("Messages, text modules, words to avoid, articles"),
            "book-open",
            reverse("library:index"),
            settings,
        ),
        Place(
            _("Synonyms"),
            _("Words that mean the same when searching"),
            "search",
            reverse("desk:synonyms"),
            settings,
        ),
    ]


def _people() -> list[Place]:
    people = Permission.PEOPLE
    return [
        Place(_("My account"), _("Language, absence, two-factor, tokens"), "user", reverse("accounts:me")),
        Place(_("People"), _("Invite, roles, absence, leaving"), "users", reverse("accounts:people"), people),
        Place(_("Units"), _("The org tree, dealers and stations"), "sitemap", reverse("accounts:units"), people),
        Place(_("Who may do what"), _("The access policy as one table"), "lock", reverse("accounts:roles")),
    ]


def _data() -> list[Place]:
    imports, audit, takes_in = Permission.IMPORT, Permission.AUDIT, Permission.TAKE_IN
    preview = _("Complaints from CSV and XLSX, with preview and undo")
    spam, states = _("Posts that look like spam: release or discard"), _("Queued, sent, failed, uncertain")
    return [
        Place(_("Import"), preview, "upload", reverse("intake:import"), imports),
        Place(_("Held posts"), spam, "shield", reverse("portal:held"), takes_in),
        Place(_("Posters"), _("A QR code for each store's counter"), "qr", reverse("portal:posters"), takes_in),
        Place(_("Messages out"), states, "send", reverse("intake:messages"), Permission.SETTINGS),
        Place(
            _("Own metrics"),
            _("Put together from facts, without code"),
            "target",
            reverse("insights:own_metrics"),
            Permission.SETTINGS,
        ),
        Place(
            _("Codes of regulators"),
            _("Our categories in their codes, facts of the firm"),
            "building",
            reverse("insights:regulators"),
            Permission.SETTINGS,
        ),
        Place(_("Audit"), _("What was done, who saw what"), "shield-check", reverse("desk:audit"), audit),
        Place(_("API"), _("OpenAPI description for machines"), "command", reverse("api:openapi-view")),
        Place(_("Component gallery"), _("The design system in every state"), "palette", reverse("ui:gallery")),
    ]
