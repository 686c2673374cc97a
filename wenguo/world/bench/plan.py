"""What `bench load` will write, decided before the first row: which template, when, whose, with which first keys."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from wenguo.audit.models import AuditEntry
from wenguo.complaints.models import Complaint
from wenguo.complaints.queries import tracking_token
from wenguo.complaints.rules import marks
from wenguo.customers.models import BlindToken
from wenguo.lib.fields import blind
from wenguo.lib.refs import new_reference
from wenguo.lib.text import tokens
from wenguo.world.bench.crowd import Crowd, Person, Places, product_text
from wenguo.world.bench.lives import EMAIL, ISSUES, NAME, PHONES, PLAYERS, TITLE, VINS, WORDS, Life, Rows
from wenguo.world.bench.stamping import Copy
from wenguo.world.bench.templates import DAY, EPOCH, SECOND, Moulder, Template, microseconds
from wenguo.world.bench.words import complaint_title, complaint_words

MONTHS = 36
OPEN_SHARE = 0.03
COMPLAINTS_PER_CUSTOMER = 1.6
_JITTER = 25 * 60 * SECOND


MARKERS = (
    {WORDS: "words", TITLE: "title", NAME: "customer_name", EMAIL: "customer_email"}
    | dict.fromkeys(PHONES, "customer_phone")
    | dict.fromkeys(VINS, "vin")
    | {blind("contact:phone", phone): "blind_phone" for phone in PHONES}
    | {blind("contact:email", EMAIL): "blind_email"}
    | {blind("serial", vin): "blind_serial" for vin in VINS}
    | {"ZZDEALER": "dealer_name", "ZZDEALEREN": "dealer_name_en", "ZZUNIT": "dealer_code"}
    | {"ZZPRODUCT": "product_name", "ZZPRODUCTEN": "product_name_en", "zz-product": "product_code"}
    | {"ZZISSUE": "issue_name", "ZZISSUEEN": "issue_name_en"}
    | {f"zz-{issue.replace('-', '')}": "issue_code" for issue in ISSUES}
    | {f"ZZP{name.upper()}": f"{name}_name" for name in PLAYERS}
    | {f"zz{name}": f"{name}_login" for name in PLAYERS}
)
# the same in the lists of search tokens
TOKEN_MARKERS = {
    text.lower(): place.replace("_name", "_tokens") if "_name" in place else f"{place}_tokens"
    for text, place in MARKERS.items()
    if text.isupper()
}


@dataclass(frozen=True)
class LifeTemplate:
    """A life ready to be copied. Moments in µs since EPOCH."""

    template: Template
    brings_owner: bool
    issue_group: str
    language: str
    has_email: bool
    is_open: bool
    received_at: int
    until: int


@dataclass(frozen=True)
class OwnerTemplate:
    """A customer ready to be copied."""

    template: Template
    created_at: int


@dataclass(frozen=True)
class Planned:
    """One complaint to be written."""

    life: int
    days: int
    jitter: int


def planned(lives: Sequence[LifeTemplate], count: int, now: datetime, dice: Random) -> list[Planned]:
    """So many, oldest first: 36 months of ended ones, the open ones of these days."""
    opened = [place for place, life in enumerate(lives) if life.is_open]
    ended = [place for place, life in enumerate(lives) if not life.is_open]
    made = []
    for number in range(count):
        is_open = bool(opened) and number % round(1 / OPEN_SHARE) == 0
        place = dice.choice(opened if is_open else ended)
        jitter = dice.randrange(-_JITTER, _JITTER)
        newest = (microseconds(now) - lives[place].until - jitter) // DAY
        # Open ones stopped some days ago at most; ended ones move by whole weeks: working days stay such
        days = (
            newest - int(dice.expovariate(0.4)) if is_open else (newest // 7 - dice.randrange(MONTHS * 365 // 84)) * 7
        )
        made.append(Planned(place, days, jitter))
    return sorted(made, key=lambda one: lives[one.life].received_at + one.days * DAY + one.jitter)


def moulded_life(life: Life, known: Mapping[int, str]) -> LifeTemplate:
    """A life that wrote into its customer's audit chain too brings its own customer."""
    complaint, owner = life.complaint, life.owner
    chains = {entry.chain for entry in life.rows[AuditEntry] if isinstance(entry, AuditEntry)}
    brings_owner = owner.customer.audit_chain in chains
    if chains - {complaint.audit_chain, owner.customer.audit_chain}:
        raise RuntimeError(f"a life wrote to other chains too and cannot be copied: {chains}")
    rows = life.rows
    if brings_owner:
        rows = {model: [*owner.rows.get(model, []), *rows.get(model, [])] for model in {**owner.rows, **rows}}
    else:
        known = {owner.customer.pk: "customer_key", owner.holding.pk: "holding_key", **known}
    own = {
        complaint.reference: "reference",
        complaint.tracking_salt: "salt",
        link_secret(complaint): "tracking",
        **dict(zip(marks.received(complaint.received_at), ("day_mark", "month_mark"), strict=True)),
    }
    return LifeTemplate(
        moulded(rows, own, known),
        brings_owner,
        life.issue_group,
        complaint.language,
        life.has_email,
        complaint.is_open,
        microseconds(complaint.received_at),
        microseconds(life.until),
    )


def moulded(rows: Rows, own: Mapping[str, str], known: Mapping[int, str]) -> Template:
    """Blind tokens are left out: how many there are depends on the name."""
    kept = {model: found for model, found in rows.items() if model is not BlindToken}
    return Moulder(kept, {**own, **MARKERS, **TOKEN_MARKERS}, known).made


class _Digits:
    """Draws for a reference that no other number draws: its digits are a permutation of all there are."""

    def __init__(self, number: int) -> None:
        self._left = number * 0x9E3779B1 % 2**25

    def choice(self, seq: Sequence[str]) -> str:
        self._left, digit = divmod(self._left, len(seq))
        return seq[digit]


def link_secret(complaint: Complaint) -> str:
    """What stands behind the reference in the link on the receipt."""
    return tracking_token(complaint).partition(".")[2]


@dataclass(frozen=True)
class Casting:
    """Fills a planned complaint with people, places and words. Every draw follows from the seed and the number."""

    crowd: Crowd
    lives: Sequence[LifeTemplate]
    customers: int
    first_customer: int
    first_holding: int
    seed: int

    def copy(self, number: int, one: Planned) -> Copy:
        dice = Random(self.seed + number)  # noqa: S311
        life = self.lives[one.life]
        person = self.person_of(number, one)
        product = self.product_of(person)
        received = EPOCH + timedelta(microseconds=life.received_at + one.days * DAY + one.jitter)
        reference = new_reference(timezone.localdate(received), _Digits(number))
        salt = f"{dice.getrandbits(64):016x}"
        words = complaint_words(dice, life.issue_group, life.language)
        title = complaint_title(dice, product_text(product), life.issue_group)
        places: Places = {
            **(person.own_places() if life.brings_owner else person.places()),
            **product,
            **dice.choice(self.crowd.issues[life.issue_group]),
            **dice.choice(self.crowd.dealers),
            "customer_key": self.first_customer + person.number,
            "holding_key": self.first_holding + person.number,
            "reference": reference,
            "reference_tokens": tokens(reference),
            "day_mark": marks.received(received)[:1],
            "month_mark": marks.received(received)[1:],
            "salt": salt,
            "words": words.words,
            "words_tokens": words.tokens,
            "title": title.words,
            "title_tokens": title.tokens,
        }
        for colleagues in self.crowd.colleagues.values():
            places.update(dice.choice(colleagues))
        if life.has_email:
            places["tracking"] = link_secret(Complaint(reference=reference, tracking_salt=salt))
        return Copy(one.days, one.jitter, places)

    def product_of(self, person: Person) -> Places:
        """What this customer drives."""
        return self.crowd.products[person.number * 37 % len(self.crowd.products)]

    def person_of(self, number: int, one: Planned) -> Person:
        """One of the customers there are, or one of their own."""
        life = self.lives[one.life]
        drawn = self.customers // 4 + number if life.brings_owner else number * 7919 % (self.customers // 4)
        return Person(drawn * 4 if life.has_email else drawn * 4 + 1 + number % 3)
