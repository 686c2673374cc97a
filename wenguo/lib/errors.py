"""The three ways an action says no. Each carries a sentence the user may read."""

from collections.abc import Sequence


class NotAllowed(Exception):
    """This person may not do this (HTTP 403)."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = str(sentence)


class Refused(Exception):
    """The input or the state does not allow it; the sentence says what to do (HTTP 422)."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence = str(sentence)
        self.field = field


class Changed(Exception):
    """Somebody else changed the row since it was read (HTTP 409): `changes` says what, `version` what it is now."""

    def __init__(self, sentence: str, changes: Sequence[str] = (), version: int | None = None) -> None:
        super().__init__(sentence)
        self.sentence = str(sentence)
        self.changes = list(changes)
        self.version = version
