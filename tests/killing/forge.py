# ruff: noqa: E402 - Django is set up before its models are imported
"""`python -m tests.killing.forge`: starts Django once, then forks a worker for each line of JSON it reads.

A fork is as real a process as any, and is there in milliseconds: that makes dozens of kills affordable. The forge
itself never opens a database connection. The web process is the real one: `wenguo serve`.
"""

import json
import os
import sys
import traceback
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django

django.setup()


from wenguo.accounts.actions import found_cast, make_token
from wenguo.accounts.choices import Scope
from wenguo.audit.queries import proven
from wenguo.complaints.models import Complaint
from wenguo.intake.actions import note_stale_sendings
from wenguo.intake.jobs import run_deliver
from wenguo.lib.actors import SYSTEM
from wenguo.lib.now import now
from wenguo.outbox.actions import leave_message
from wenguo.outbox.models import OutboundMessage
from wenguo.process.actions import install_pack
from wenguo.world.jobs import Loop


def found() -> str:
    """An installation with its cast; a token that may submit complaints."""
    install_pack(by=SYSTEM)
    alice = found_cast(lambda _username: "a river of 10 fish").people["alice"]
    scopes = [Scope.COMPLAINTS_READ.value, Scope.COMPLAINTS_WRITE.value]
    return make_token(alice, name="kill test", scopes=scopes, by=alice)[1]


def seed(count: int) -> list[str]:
    """Leaves messages in the outbox."""
    left = [leave_message(kind="test", to="zhang@example.com", subject="投诉", body="您好") for _ in range(count)]
    return [message.message_id for message in left]


def worker() -> None:
    Loop([("deliver", 0.01, run_deliver)]).run()


def settle() -> None:
    """An hour later: what was being sent when its sender died is uncertain, what was queued goes out."""
    note_stale_sendings(now() + timedelta(hours=1))
    while run_deliver():
        pass


def states() -> dict[str, str]:
    return dict(OutboundMessage.objects.values_list("message_id", "state"))


def complaints() -> dict[str, str]:
    return dict(Complaint.objects.values_list("reference", "words"))


def broken_chains() -> list[str]:
    return [f"{one.chain}: {one.problem}" for one in proven().broken]


VERBS: dict[str, Callable[..., Any]] = {
    verb.__name__: verb for verb in (found, seed, worker, settle, states, complaints, broken_chains)
}


def answer(asked: dict[str, Any]) -> Any:
    """`wait`: the exit status of a child. `start`: a child that runs on; its pid. Else: what the verb returns."""
    if "wait" in asked:
        return os.waitpid(asked["wait"], 0)[1]
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        _child(asked, writing)
    os.close(writing)
    if asked.get("start"):
        os.close(reading)
        return pid
    with os.fdopen(reading) as stream:
        said = stream.read()
    os.waitpid(pid, 0)
    return json.loads(said)


def _child(asked: dict[str, Any], writing: int) -> None:
    """Never returns."""
    status = 1
    try:
        os.environ["WENGUO_KILL_AT"] = asked.get("kill_at", "")
        said = VERBS[asked["verb"]](*asked.get("given", []))
        os.write(writing, json.dumps(said).encode()) if not asked.get("start") else None
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    say("ready")
    for line in sys.stdin:
        say(json.dumps(answer(json.loads(line))))


if __name__ == "__main__":
    main()
