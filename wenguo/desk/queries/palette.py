"""What the command palette finds: a complaint by its reference or words, places to go."""

from django.urls import reverse
from django.utils.translation import gettext as _

from wenguo.accounts.models import User
from wenguo.complaints.access import finds_internal
from wenguo.complaints.models import Complaint
from wenguo.complaints.queries import search

FOUND = 8


def palette_items(user: User, words: str) -> list[dict[str, str]]:
    """At most eight complaints the person may see; places come from the page itself."""
    words = words.strip()[:100]
    if len(words) < 2:
        return []
    visible = Complaint.objects.visible_to(user)
    rows = visible.filter(search(words, finds_internal=finds_internal(user)))
    return [
        {
            "label": f"{row.reference} {row.title}",
            "url": reverse("desk:complaint", args=[row.reference]),
            "hint": str(row.get_stage_display()),
            "icon": "inbox",
            "group": _("Complaints"),
        }
        for row in rows.order_by("-received_at", "-id")[:FOUND]
    ]
