"""The encrypted model field, and blind tokens with the installation's key."""

from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from wenguo.lib.crypto import Cipher


@cache
def _cipher(master: str) -> Cipher:
    return Cipher(master)


def blind(kind: str, value: str) -> str:
    """The token under which a value of this kind can be found without being readable."""
    return _cipher(settings.FIELD_KEY).blind(kind, value)


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """Text that is sealed in the database. It cannot be searched or sorted: look it up by blind tokens."""

    def get_prep_value(self, value: Any) -> str | None:
        text = super().get_prep_value(value)
        return None if text is None else _cipher(settings.FIELD_KEY).seal(text)

    def from_db_value(self, value: str | None, expression: Any, connection: BaseDatabaseWrapper) -> str | None:
        return None if value is None else _cipher(settings.FIELD_KEY).open(value)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(
                f"{self.name} is encrypted and only __isnull can be asked of it, not __{lookup_name}; "
                "look it up by its blind tokens."
            )
        return super().get_lookup(lookup_name)
