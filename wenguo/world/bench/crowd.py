"""Everybody in the loaded world: colleagues and dealers made by the actions, customers told by their number."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from wenguo.accounts.actions import create_unit, invite_person
from wenguo.accounts.choices import Role, UnitKind
from wenguo.accounts.models import Unit, User
from wenguo.customers.choices import ContactKind
from wenguo.customers.rules import customer_tokens
from wenguo.lib.actors import SYSTEM
from wenguo.lib.fields import blind
from wenguo.lib.text import tokens
from wenguo.process.choices import TreeKind
from wenguo.process.models import TaxonomyNode
from wenguo.world.bench.lives import ISSUES, PLAYERS
from wenguo.world.bench.words import Text, sentence
from wenguo.world.demo.figures import GIVEN, SURNAMES

PROVINCES = ("山东", "江苏", "浙江", "广东", "四川", "湖北", "河南", "福建")
AGENTS, HANDLERS = 20, 4
Places = dict[str, object]


@dataclass(frozen=True)
class Crowd:
    """What a copy chooses from: places of colleagues by user name of the story, dealers with their person, trees."""

    colleagues: Mapping[str, Sequence[Places]]
    dealers: Sequence[Places]
    products: Sequence[Places]
    issues: Mapping[str, Sequence[Places]]


def gather_crowd(*, dealers: int) -> Crowd:
    """Invites colleagues and founds dealers, and reads the trees."""
    units = {unit.code: unit for unit in Unit.objects.all()}
    colleagues = {
        name: [*_people(name, role, units[home], units["HQ" if role == Role.AGENT else home])]
        for name, (role, home) in PLAYERS.items()
        if role != Role.DEALER_USER
    }
    agents = User.objects.filter(pk__in=[one["alice_key"] for one in colleagues["alice"]]).order_by("-pk")
    colleagues["bob"] = [_person("bob", one) for one in agents]
    return Crowd(colleagues, [_dealer(units, number) for number in range(dealers)], _products(), _issues())


def _people(name: str, role: Role, unit: Unit, reach: Unit) -> Iterator[Places]:
    if name == "bob":
        return
    for number in range(1, (AGENTS if role == Role.AGENT else HANDLERS) + 1):
        yield _person(name, _invited(f"{name}{number}", unit, role, reach))


def _invited(username: str, unit: Unit, role: Role, reach: Unit) -> User:
    if known := User.objects.filter(username=username).first():
        return known
    name = customer_name(sum(map(ord, username)) * 7)
    email = f"{username}@haichuan.example"
    return invite_person(username=username, name=name, email=email, unit=unit, roles=[(role, reach)], by=SYSTEM)


def _person(name: str, person: User) -> Places:
    found = {"key": person.pk, "login": person.username, "name": person.name, "tokens": tokens(person.name)}
    return {f"{name}_{place}": value for place, value in found.items()}


def _dealer(units: Mapping[str, Unit], number: int) -> Places:
    province = PROVINCES[number % len(PROVINCES)]
    region = units["SOUTH" if province in ("广东", "福建") else "EAST"]
    name = f"{province}海川{number + 1:03d}店"
    code = f"D{number + 1:03d}"
    unit = units.get(code) or create_unit(
        code=code,
        name_zh=name,
        name_en=f"Haichuan dealer {number + 1:03d}",
        kind=UnitKind.DEALER,
        parent=region,
        province=province,
        by=SYSTEM,
    )
    person = _invited(f"dealer{number + 1:03d}", unit, Role.DEALER_USER, unit)
    found = {"key": unit.pk, "code": unit.code, **_named("", unit.name_zh, unit.name_en)}
    dealer = {f"dealer_{place}": value for place, value in found.items()}
    return dealer | _person("dan", person)


def _named(prefix: str, name_zh: str, name_en: str) -> Places:
    return {
        f"{prefix}name": name_zh,
        f"{prefix}name_en": name_en,
        f"{prefix}tokens": tokens(name_zh),
        f"{prefix}tokens_en": tokens(name_en),
    }


def _node(kind: str, node: TaxonomyNode) -> Places:
    return {f"{kind}_key": node.pk, f"{kind}_code": node.code, **_named(f"{kind}_", node.name_zh, node.name_en)}


def _products() -> list[Places]:
    leaves = TaxonomyNode.objects.of(TreeKind.PRODUCT).filter(children=None).order_by("pk")
    return [_node("product", node) for node in leaves]


def _issues() -> dict[str, list[Places]]:
    found: dict[str, list[Places]] = {one.partition("-")[0]: [] for one in ISSUES}
    for node in TaxonomyNode.objects.of(TreeKind.ISSUE).filter(children=None).order_by("pk"):
        if (group := node.code.partition("-")[0]) in found:
            found[group].append(_node("issue", node))
    return found


@dataclass(frozen=True)
class Person:
    """A customer, made from a number: the same number is the same person. One in four has an e-mail address."""

    number: int

    @property
    def has_email(self) -> bool:
        return self.number % 4 == 0

    @property
    def name(self) -> str:
        return customer_name(self.number)

    @property
    def phone(self) -> str:
        return f"+861{35 + self.number % 5}{self.number * 7919 % 100_000_000:08d}"

    @property
    def email(self) -> str:
        return f"owner{self.number}@mail.example" if self.has_email else ""

    @property
    def vin(self) -> str:
        return f"LHC{self.number * 48271 % 10**14:014d}"

    def places(self) -> Places:
        """What a complaint's rows and mails say of this customer."""
        return {
            "customer_name": self.name,
            "customer_tokens": _tokens_of_name(self.name),
            "customer_email": self.email,
            "customer_phone": self.phone,
            "vin": self.vin,
            "vin_tokens": _tokens_of_vin(self.vin),
        }

    def own_places(self) -> Places:
        """What the customer's own rows hold."""
        return self.places() | {
            "blind_phone": blind("contact:phone", self.phone),
            "blind_email": blind("contact:email", self.email),
            "blind_serial": blind("serial", self.vin),
        }

    def blind_tokens(self) -> list[tuple[str, str]]:
        """(kind, token) of everything this customer is found by, as the actions write them."""
        contacts = [(ContactKind.PHONE.value, self.phone)]
        if self.has_email:
            contacts.append((ContactKind.EMAIL.value, self.email))
        wanted = customer_tokens([], contacts, [self.vin])
        return sorted({*_blinded_name(self.name), *((kind, blind(kind, value)) for kind, value in wanted)})


def customer_name(number: int) -> str:
    return f"{SURNAMES[number * 31 % len(SURNAMES)]}{GIVEN[number * 17 % len(GIVEN)]}"


def product_text(places: Places) -> Text:
    return sentence(str(places["product_name"]))


@cache
def _blinded_name(name: str) -> tuple[tuple[str, str], ...]:
    return tuple((kind, blind(kind, value)) for kind, value in customer_tokens([name], [], []))


@cache
def _tokens_of_name(name: str) -> tuple[str, ...]:
    return tuple(tokens(name))


def _tokens_of_vin(vin: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys([vin.lower(), *(part for part in (vin[:3].lower(), vin[3:]))]))
