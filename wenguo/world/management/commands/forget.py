"""`wenguo forget REFERENCE|CUSTOMER`: erases a person's data, or says what would go and what stands against it."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wenguo.complaints.models import Complaint
from wenguo.customers.actions import ask_for_erasure
from wenguo.customers.choices import Erased, ErasureGround
from wenguo.customers.models import Customer
from wenguo.lib.actors import SYSTEM
from wenguo.lib.errors import Refused
from wenguo.world.forget import Forgotten, carry_out, foresee


class Command(BaseCommand):
    help = (
        "Erases the personal data of a customer, named by number or by the reference of a complaint. It cannot be "
        "undone. Exits 1 when something stands against it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("who", metavar="REFERENCE|CUSTOMER")
        grounds = ", ".join(f"{ground.value}: {ground.label}" for ground in ErasureGround)
        parser.add_argument(
            "--ground", choices=ErasureGround.values, default=ErasureGround.REQUEST.value, help=f"why ({grounds})"
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what would go")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, who: str, ground: str, dry_run: bool, **options: Any) -> None:
        customer = _customer(who)
        customer = customer.merged_into or customer
        try:
            done = foresee(customer, by=SYSTEM, ground=ground) if dry_run else self._erase(customer, ground)
        except Refused as no:
            done = Forgotten(refusals=[no.sentence])
        self._say(customer, done, dry_run, as_json=options["json"])
        if done.refusals:
            sys.exit(1)

    def _erase(self, customer: Customer, ground: str) -> Forgotten:
        if sys.stdin.isatty() and input(f"Erase customer {customer.pk} for good? Type its number: ") != str(
            customer.pk
        ):
            raise CommandError("Nothing was erased.")
        return carry_out(ask_for_erasure(customer, by=SYSTEM, ground=ground, is_confirmed=True))

    def _say(self, customer: Customer, done: Forgotten, dry_run: bool, *, as_json: bool) -> None:
        erased = not dry_run and not done.refusals
        if as_json:
            said = {"customer": customer.pk, "erased": erased, "gone": done.gone, "refused": done.refusals}
            self.stdout.write(json.dumps(said, ensure_ascii=False))
            return
        for sentence in done.refusals:
            self.stderr.write(sentence)
        for what, count in done.gone.items():
            self.stdout.write(f"{count:>6}  {Erased(what).label}")
        if not done.refusals:
            self.stdout.write(f"customer {customer.pk}: " + ("erased" if erased else "nothing was erased (dry run)"))


def _customer(who: str) -> Customer:
    """By number, or by a reference typed in any case."""
    if who.isdecimal():
        found = Customer.objects.select_related("merged_into").filter(pk=int(who)).first()
    else:
        complaint = Complaint.objects.select_related("customer__merged_into").filter(reference=who.upper()).first()
        if complaint and complaint.customer is None:
            raise CommandError("This complaint is anonymous: nobody is recorded with it.")
        found = complaint.customer if complaint else None
    if found is None:
        raise CommandError("There is no customer or complaint of this name.")
    return found
