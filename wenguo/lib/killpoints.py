"""Places where tests/test_kill_worker.py kills a process to prove that nothing is lost. Otherwise they do nothing."""

import os
import signal


def kill_point(name: str) -> None:
    """Here the process dies, if WENGUO_KILL_AT names this point and WENGUO_KILL_POINTS=1 arms it."""
    if os.environ.get("WENGUO_KILL_AT") == name and os.environ.get("WENGUO_KILL_POINTS") == "1":
        os.kill(os.getpid(), signal.SIGKILL)
