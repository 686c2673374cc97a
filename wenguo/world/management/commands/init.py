"""`wenguo init`: the first administrator of an empty installation, its first process standard and texts."""

import getpass
import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from wenguo.accounts.actions import found_installation
from wenguo.accounts.models import User
from wenguo.lib.actors import SYSTEM
from wenguo.lib.errors import Refused
from wenguo.library.actions import install_texts
from wenguo.process.actions import install_pack


class Command(BaseCommand):
    help = (
        "Makes the company, its first administrator, the default process and texts. "
        "The password is asked for, or read from WENGUO_PASSWORD."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--username", required=True)
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", help="how colleagues know the person; the user name when left out")
        parser.add_argument("--company", default=settings.COMPANY_NAME, help="the company's name")
        parser.add_argument("--company-en", help="its English name; the same when left out")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        if User.objects.exists():
            raise CommandError("There are people already. Ask an administrator for an invitation.")
        try:
            validate_email(options["email"])
            password = os.environ.get("WENGUO_PASSWORD") or ask_password()
            validate_password(password, User(username=options["username"], email=options["email"]))
            found_installation(
                company_zh=options["company"],
                company_en=options["company_en"] or options["company"],
                username=options["username"],
                name=options["name"] or options["username"],
                email=options["email"],
                password=password,
            )
            # Without them the public form is closed; what people changed since is left alone.
            install_pack(by=SYSTEM)
            install_texts(by=SYSTEM)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except Refused as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(
            f"{options['username']} is the administrator. Sign in at {settings.PUBLIC_URL}/accounts/login/"
        )


def ask_password() -> str:
    if not sys.stdin.isatty():
        raise CommandError("Nobody is here to type a password: set WENGUO_PASSWORD.")
    password = getpass.getpass("Password: ")
    if getpass.getpass("Password again: ") != password:
        raise CommandError("The two passwords differ. Nothing was made.")
    return password
