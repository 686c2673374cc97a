# ruff: noqa: E402 - Django is set up before its models are imported
"""`python -m tests.scaled.found`: the cast and a token, printed; what the web and worker processes then work on."""

import django

django.setup()

from wenguo.accounts.actions import found_cast, make_token
from wenguo.accounts.choices import Scope
from wenguo.lib.actors import SYSTEM
from wenguo.process.actions import install_pack

install_pack(by=SYSTEM)
carol = found_cast(lambda _username: "a river of 10 fish").people["carol"]
scopes = [Scope.COMPLAINTS_READ.value, Scope.COMPLAINTS_WRITE.value]
print(make_token(carol, name="scaled", scopes=scopes, by=carol)[1])  # noqa: T201
