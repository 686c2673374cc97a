"""The six guided steps of a talk with a complainant."""

from django.utils.translation import gettext as _


def guided_steps() -> list[str]:
    """In order; a safety risk jumps to the fourth at once."""
    return [
        _("Listen and encourage them to speak"),
        _("Apologise for the experience and thank"),
        _("Ask and read back until it is right"),
        _("Take charge and offer options with dates"),
        _("Invite advice"),
        _("Follow up on the promised day"),
    ]
