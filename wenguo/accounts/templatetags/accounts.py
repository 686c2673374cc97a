"""What pages of packages ask about the person before them; our own views put it into the context."""

from django import template

from wenguo.accounts.access import can
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User

register = template.Library()


@register.filter
def may_have_tokens(user: User) -> bool:
    """Whether the tab of keys for machines is shown."""
    return user.is_authenticated and can(user, Permission.TOKENS)
