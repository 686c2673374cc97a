"""How contact points and serial numbers are normalised, and under which tokens they are found. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from wenguo.customers.choices import ContactKind
from wenguo.lib.names import (
    mask_address,
    mask_email,
    mask_id,
    mask_phone,
    name_query_tokens,
    name_tokens,
    phone_query_tokens,
    phone_tokens,
)
from wenguo.lib.phones import normalise_phone

Token = tuple[str, str]  # kind, value before blinding

_EMAIL = re.compile(r"[^@\s,;<>\"']{1,64}@[^@\s,;<>\"']+\.[^@\s,;<>\"'.]{2,}")
_NOT_SERIAL = re.compile(r"[\W_]+")
LONGEST = {ContactKind.ADDRESS: 300}


def normalise_contact(kind: str, typed: str) -> str | None:
    """The one spelling of a contact point; None when it cannot be one. Phones become E.164, e-mail lower case."""
    text = " ".join(unicodedata.normalize("NFKC", typed).split())
    if not text or len(text) > LONGEST.get(ContactKind(kind), 200):
        return None
    if kind == ContactKind.PHONE:
        return normalise_phone(text)
    if kind == ContactKind.EMAIL:
        return text.lower() if _EMAIL.fullmatch(text) else None
    if kind == ContactKind.ID_NUMBER:
        number = normalise_serial(text)
        return number if len(number) >= 5 else None
    return text


def normalise_serial(typed: str) -> str:
    """A serial number or VIN without spaces and dashes, in capitals."""
    return _NOT_SERIAL.sub("", unicodedata.normalize("NFKC", typed)).upper()


def contact_tokens(kind: str, value: str) -> set[Token]:
    """What a normalised contact point is found by; addresses and WeChat names are not looked up."""
    if kind == ContactKind.PHONE:
        return phone_tokens(value)
    if kind in (ContactKind.EMAIL, ContactKind.ID_NUMBER):
        return {(kind, value)}
    return set()


def customer_tokens(names: Iterable[str], contacts: Iterable[Token], serials: Iterable[str]) -> set[Token]:
    """Everything a customer is found by."""
    found: set[Token] = set()
    for name in names:
        found |= name_tokens(name)
    for kind, value in contacts:
        found |= contact_tokens(kind, value)
    return found | {("serial", serial) for serial in serials if serial}


def wanted_tokens(typed: str) -> list[frozenset[Token]]:
    """Alternatives: a customer matches who has all tokens of one of them. Empty: nothing that could be looked up."""
    text = " ".join(unicodedata.normalize("NFKC", typed).split())
    if "@" in text:
        email = normalise_contact(ContactKind.EMAIL, text)
        return [frozenset({(ContactKind.EMAIL.value, email)})] if email else []
    alternatives = [frozenset(phone_query_tokens(text))]
    serial = normalise_serial(text)
    if len(serial) >= 5 and any(character.isdigit() for character in serial):
        alternatives += [frozenset({("serial", serial)}), frozenset({(ContactKind.ID_NUMBER.value, serial)})]
    if not any(character.isdigit() for character in text):
        alternatives.append(frozenset(name_query_tokens(text)))
    return [wanted for wanted in alternatives if wanted]


def traces_of(names: Iterable[str], contacts: Iterable[Token], serials: Iterable[str]) -> frozenset[str]:
    """What a text that speaks of this customer holds, without spaces and signs. Too short to mean anybody: left out."""
    numbers = [re.sub(r"^\+86", "", value) for _kind, value in contacts]
    found = {_bare(text) for text in (*numbers, *serials)}
    return frozenset({one for one in found if len(one) >= 5} | {bare for name in names if len(bare := _bare(name)) > 1})


def speaks_of(text: str, traces: Iterable[str]) -> bool:
    """Whether any of the traces is in the text, however it was typed."""
    bare = _bare(text)
    return any(trace in bare for trace in traces)


def _bare(text: str) -> str:
    return _NOT_SERIAL.sub("", unicodedata.normalize("NFKC", text)).lower()


def mask_contact(kind: str, value: str) -> str:
    """A contact point as those see it who have not asked to see it whole."""
    masks = {
        ContactKind.PHONE: mask_phone,
        ContactKind.EMAIL: mask_email,
        ContactKind.ID_NUMBER: mask_id,
        ContactKind.ADDRESS: mask_address,
    }
    mask = masks.get(ContactKind(kind))
    return mask(value) if mask else value[:1] + "***"


def mask_serial(serial: str) -> str:
    """The last six characters, as repair orders show them."""
    return "***" + serial[-6:] if len(serial) > 6 else serial


@dataclass(frozen=True)
class Known:
    """A customer a contact point led to: what of the given is known of them already."""

    pk: int
    name: str
    contacts: frozenset[Token]


def may_join(known: Known, name: str, contacts: Iterable[Token]) -> bool:
    """May a stranger's complaint be put to this customer? Only when it brings nothing new.

    A stranger who knows a phone number must not be able to hang an e-mail address of their own on its owner:
    later messages would go there.
    """
    same_name = not name or not known.name or "".join(name.split()).lower() == "".join(known.name.split()).lower()
    return same_name and set(contacts) <= known.contacts
