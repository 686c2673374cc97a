"""The library's texts are settings: the same people change them, every colleague reads."""

from typing import Any, TypeVar

from django.db import models

from wenguo.accounts.models import User
from wenguo.library.models import Article
from wenguo.process.access import check_may_change, check_may_read, may_change

__all__ = ["check_may_change", "check_may_read", "get_text_for", "may_change"]

Text = TypeVar("Text", bound=models.Model)


def get_text_for(user: User, table: type[Text], **key: Any) -> Text:
    """A message, module, word or article; an article not yet published is seen by those who may change it."""
    check_may_read(user)
    found = table._default_manager.get(**key)
    if isinstance(found, Article) and not found.is_published and not may_change(user):
        raise table.DoesNotExist  # type: ignore[attr-defined]
    return found
