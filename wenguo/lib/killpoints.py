"""Places where the tests kill a process to prove that nothing is lost. Without WENGUO_KILL_POINTS=1 they do nothing."""

import os
import signal

_AT = os.environ.get("WENGUO_KILL_AT", "") if os.environ.get("WENGUO_KILL_POINTS") == "1" else ""


def kill_point(name: str) -> None:
    """Here the process dies, if this is the point it was told to die at."""
    if name == _AT:
        os.kill(os.getpid(), signal.SIGKILL)
