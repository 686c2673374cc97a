"""`wenguo enrol`: adds a person with a first password, for where no mail arrives."""

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from wenguo.accounts.actions import enrol_person
from wenguo.accounts.choices import Role
from wenguo.accounts.models import Unit
from wenguo.lib.actors import SYSTEM
from wenguo.lib.errors import Refused
from wenguo.world.management.commands.init import ask_password


class Command(BaseCommand):
    help = "Adds a person who can sign in at once. The password is asked for, or read from WENGUO_PASSWORD."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", required=True, help="how colleagues know the person")
        parser.add_argument("--email", required=True)
        parser.add_argument("--unit", help="code of the person's unit; the company when left out")
        parser.add_argument("--role", choices=Role.values, help="what they do; further roles are given on their page")
        parser.add_argument("--reach", help="code of the unit the role holds in; their own when left out")
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], default="zh-hans")

    def handle(self, *args: Any, **options: Any) -> None:
        unit = _unit(options["unit"])
        reach = _unit(options["reach"]) if options["reach"] else unit
        try:
            person = enrol_person(
                username=options["username"],
                name=options["name"],
                email=options["email"],
                unit=unit,
                password=os.environ.get("WENGUO_PASSWORD") or ask_password(),
                roles=[(options["role"], reach)] if options["role"] else [],
                language=options["language"],
                by=SYSTEM,
            )
        except Refused as no:
            raise CommandError(f"{no.field}: {no.sentence}" if no.field else no.sentence) from no
        self.stdout.write(f"{person.username} can sign in at {settings.PUBLIC_URL}/accounts/login/")


def _unit(code: str | None) -> Unit:
    found = Unit.objects.filter(code=code) if code else Unit.objects.filter(parent=None)
    unit = found.first()
    if unit is None:
        known = ", ".join(Unit.objects.active().values_list("code", flat=True))
        raise CommandError(f"There is no unit {code or ''}. Units: {known or 'none yet, run `wenguo init` first'}")
    return unit
