"""`python -m tests.killing.sink PORT FILE`: a mail server that notes each Message-ID on disk before it says 250."""

import asyncio
import os
import random
import signal
import sys
from email import message_from_bytes
from typing import Any

from aiosmtpd.controller import Controller


class Noting:
    def __init__(self, path: str) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        await asyncio.sleep(random.uniform(0, 0.01))
        number = message_from_bytes(envelope.content)["Message-ID"]
        os.write(self._file, f"{number}\n".encode())
        os.fsync(self._file)
        await asyncio.sleep(random.uniform(0, 0.01))
        return "250 noted"


def main() -> None:
    controller = Controller(Noting(sys.argv[2]), hostname="127.0.0.1", port=int(sys.argv[1]))
    controller.start()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    signal.sigwait({signal.SIGTERM, signal.SIGINT})
    controller.stop()


if __name__ == "__main__":
    main()
