"""The words that mean the same when searching: one list, changed as a whole by whoever may change settings."""

from django.db import transaction
from django.utils.translation import gettext as _

from wenguo.accounts.access import check_permission
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.audit.actions import record_in
from wenguo.complaints.models import Synonyms
from wenguo.complaints.rules.synonyms import LONGEST, MOST_GROUPS, groups_of
from wenguo.lib.errors import Refused
from wenguo.lib.text import query_tokens


@transaction.atomic
def set_synonyms(text: str, *, by: User) -> int:
    """One group a line, as in “变速箱 = 变速器 = gearbox”; how many groups there are now."""
    check_permission(by, Permission.SETTINGS)
    groups = groups_of(text)
    if len(groups) > MOST_GROUPS:
        raise Refused(_("At most %(n)d groups of synonyms.") % {"n": MOST_GROUPS}, field="text")
    seen: dict[str, int] = {}
    for number, words in groups:
        _check_group(number, words, seen)
    Synonyms.objects.all().delete()
    Synonyms.objects.bulk_create(Synonyms(words="\t".join(words)) for _number, words in groups)
    record_in("settings", "set_synonyms", by=by, body={"groups": len(groups)})
    return len(groups)


def _check_group(number: int, words: list[str], seen: dict[str, int]) -> None:
    if len(words) < 2:
        raise Refused(_("Line %(n)d: write at least two words with “=” between them.") % {"n": number}, field="text")
    if len("\t".join(words)) > LONGEST:
        raise Refused(_("Line %(n)d is too long.") % {"n": number}, field="text")
    for word in words:
        key = " ".join(query_tokens(word))
        if not key:
            raise Refused(
                _("Line %(n)d: “%(word)s” holds nothing to search for.") % {"n": number, "word": word}, field="text"
            )
        if key in seen:
            raise Refused(
                _("Line %(n)d: “%(word)s” stands in line %(other)d already.")
                % {"n": number, "word": word, "other": seen[key]},
                field="text",
            )
        seen[key] = number
