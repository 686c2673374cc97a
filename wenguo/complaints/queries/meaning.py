"""What a query means: its tree becomes a condition on complaints, its words a question to the full-text index."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from wenguo.complaints.choices import OPEN_STATUSES, Visibility
from wenguo.complaints.models import Complaint, Entry
from wenguo.complaints.queries import naming
from wenguo.complaints.queries.conditions import Asker, condition_of
from wenguo.complaints.queries.search import NOTHING, All, Any, Text, direct, keys_of, leads_directly, matching, text_of
from wenguo.complaints.rules.fields import Kind
from wenguo.complaints.rules.language import And, Condition, Node, Not, Or, Word
from wenguo.complaints.rules.periods import ALWAYS, Period, period
from wenguo.lib.refs import parse_reference
from wenguo.lib.text import normalise

# Conditions that leave few rows by an index of their own: nothing has to be looked through row by row
_STEERING = frozenset({"customer", "reference", "order", "due", "overdue", "urgent", "chased", "reopened", "waiting"})
# Lists that the indexes of a complaint hold in order
_IN_ORDER = frozenset({"status", "stage", "received"})
_MOST_DIRECT = 1000


@dataclass(frozen=True)
class Meaning:
    """`text` is what the full-text index must hold, `rest` what else is asked; both must be true."""

    text: Text | None = None
    rest: Q = field(default_factory=Q)
    mixed: tuple[Node, ...] = ()
    words: tuple[str, ...] = ()  # to be highlighted
    remarks: tuple[str, ...] = ()  # how a name was read
    is_open: bool = False  # only complaints that are not ended
    looks_through: bool = False  # no index leads to it: rows have to be read one by one
    is_plain: bool = True  # nothing but words
    received: Period = ALWAYS  # the days of receipt asked for


def understand(tree: Node, asker: Asker) -> Meaning:
    """Parts that must all hold are sorted: words for the index, fields for the rows, and what mixes both."""
    parts = tree.parts if isinstance(tree, And) else (tree,)
    wanted: list[Text] = []
    unwanted: list[tuple[Text, Node]] = []
    mixed: list[Node] = []
    rest, fields = Q(), set()
    for part in parts:
        negated = part.part if isinstance(part, Not) else None
        if text := _text(part, asker):
            wanted.append(text)
            rest &= _exactly(part, asker) if isinstance(part, Word) and part.exact else Q()
        elif negated is not None and not _is_exact(negated) and (text := _text(negated, asker)):
            unwanted.append((text, part))
        elif isinstance(part, Condition):
            rest &= condition_of(part, asker)
            fields.add(part.field.name)
        elif isinstance(part, Word) and _leads_directly(part):
            rest &= _word(part, asker, None)
            fields.add("reference")
        else:
            mixed.append(part)
    if not wanted:
        mixed += [part for _text_, part in unwanted]
    text = All(tuple(wanted), tuple(one for one, _part in unwanted)) if wanted else None
    return Meaning(
        text=text,
        rest=rest,
        mixed=tuple(mixed),
        words=tuple(_shown(tree)),
        remarks=tuple(asker.remarks),
        is_open=_only_open(parts, asker),
        looks_through=not fields & _STEERING and bool(mixed or fields - _IN_ORDER),
        is_plain=not fields and not mixed and not rest,
        received=_received(parts, asker),
    )


def condition(tree: Node, asker: Asker, within: Text | None = None) -> Q:
    """The tree as one condition; words are looked for only in what the index holds `within`."""
    if isinstance(tree, And | Or):
        found = Q() if isinstance(tree, And) else NOTHING
        for part in tree.parts:
            one = condition(part, asker, within)
            found = found & one if isinstance(tree, And) else found | one
        return found
    if isinstance(tree, Not):
        return ~condition(tree.part, asker, within)
    if isinstance(tree, Condition):
        return condition_of(tree, asker)
    return _word(tree, asker, within)


def _text(tree: Node, asker: Asker) -> Text | None:
    """What the index must hold, where the tree is nothing but words."""
    if isinstance(tree, Word):
        return None if _leads_directly(tree) else text_of(tree.text, asker.reader)
    if isinstance(tree, And | Or):
        parts = [_text(part, asker) for part in tree.parts if not _is_exact(part)]
        if len(parts) == len(tree.parts) and all(parts):
            texts = tuple(part for part in parts if part)
            return All(texts) if isinstance(tree, And) else Any(texts)
    return None


def _is_exact(tree: Node) -> bool:
    return isinstance(tree, Word) and tree.exact


def _leads_directly(word: Word) -> bool:
    """A reference, or something that may be a number of a customer."""
    return not word.exact and (parse_reference(word.text) is not None or leads_directly(word.text))


def _word(word: Word, asker: Asker, within: Text | None) -> Q:
    if not word.exact and (reference := parse_reference(word.text)):
        return Q(reference=reference)
    text = text_of(word.text, asker.reader)
    if word.exact:
        return _within(text, within) & _exactly(word, asker)
    if not leads_directly(word.text):
        return _within(text, within)
    # Both are few. Read now: joined by “or” in one statement, they would be looked for in every row.
    keys = [*Complaint.objects.filter(direct(word.text)).order_by("-id").values_list("pk", flat=True)[:_MOST_DIRECT]]
    return Q(pk__in=[*keys, *(keys_of(text, _MOST_DIRECT) if text else ())])


def _within(text: Text | None, within: Text | None) -> Q:
    if text is None:
        return NOTHING
    return Q(pk__in=matching(All((text, within)) if within else text))


def _exactly(word: Word, asker: Asker) -> Q:
    """The words just as they stand, in what this person may read."""
    entries = Entry.objects.filter(complaint=OuterRef("pk"))
    if not asker.reader.finds_internal:
        entries = entries.filter(visibility=Visibility.PUBLIC)
    found = Q()
    for spelling in dict.fromkeys((word.text, normalise(word.text))):
        for column in ("title", "words", "apparent_demand", "remedy_sought"):
            found |= Q(**{f"{column}__icontains": spelling})
        found |= Q(Exists(entries.filter(body__icontains=spelling)))
    return found


def _shown(tree: Node) -> list[str]:
    """The words that are wanted, for highlighting."""
    if isinstance(tree, Word):
        return [tree.text]
    return [word for part in tree.parts for word in _shown(part)] if isinstance(tree, And | Or) else []


def _received(parts: tuple[Node, ...], asker: Asker) -> Period:
    """Where a walk begins and ends; the first condition on it decides, the others narrow the rows."""
    for part in parts:
        if isinstance(part, Condition) and part.field.name == "received" and len(part.values) == 1:
            return period(part.values[0].text, timezone.localdate(asker.moment)) or ALWAYS
    return ALWAYS


def _only_open(parts: tuple[Node, ...], asker: Asker) -> bool:
    for part in parts:
        if isinstance(part, Condition) and part.field.name == "status":
            if set(naming.chosen(part.field, part.values)) <= set(OPEN_STATUSES):
                return True
        elif isinstance(part, Condition) and part.field.name in ("overdue", "waiting", "due"):
            return part.field.kind is not Kind.YES or naming.is_yes(part.field, part.values[0])
    return False
