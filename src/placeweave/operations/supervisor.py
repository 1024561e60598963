"""Keep a few processes running as one: started together, started again when one dies, stopped together."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType

POLL_SECONDS = 0.2
STEADY_SECONDS = 5.0
"""A process that ran this long has started well; its next death is a first one again."""
LONGEST_WAIT = 30.0
PATIENCE_SECONDS = 20.0
"""How long a process may take to finish what it is doing when asked to stop."""

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


@dataclass(frozen=True)
class Service:
    """A process to keep running: its name, as people know it, and the command that starts it."""

    name: str
    command: tuple[str, ...]


def _follow_parent() -> None:
    """Ask Linux to stop this process when the supervisor dies, so that a killed supervisor leaves no port taken."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


class _Kept:
    """One service as it runs now."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.deaths = 0
        self.due = 0.0
        self.process: subprocess.Popen[bytes] | None = None
        self.started = 0.0

    def start(self) -> None:
        """Start the process, in a group of its own so that nothing of it can stay behind."""
        self.process = subprocess.Popen(
            self.service.command,
            start_new_session=True,
            preexec_fn=_follow_parent if sys.platform == "linux" else None,  # noqa: PLW1509 - there are no threads here
        )
        self.started = time.monotonic()

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def signal(self, number: signal.Signals) -> None:
        """Signal the process and whatever it started."""
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)

    def bury(self) -> float:
        """Clear away a dead process and say how many seconds to wait before the next start."""
        self.signal(signal.SIGKILL)
        self.process = None
        if time.monotonic() - self.started > STEADY_SECONDS:
            self.deaths = 0
        wait = min(0.5 * 2.0**self.deaths, LONGEST_WAIT)
        self.deaths += 1
        self.due = time.monotonic() + wait
        return wait


class Supervisor:
    """Runs services until Ctrl-C or SIGTERM.

    Parameters
    ----------
    services : sequence of Service
    say : callable
        Told, in a sentence, what an operator should know.
    """

    def __init__(self, services: Sequence[Service], *, say: Callable[[str], None]) -> None:
        self.kept = [_Kept(service) for service in services]
        self.say = say
        self.stop_signals = 0

    def run(self, *, is_ready: Callable[[], bool], announce: Callable[[], None]) -> None:
        """Start everything, announce it once it is ready, and stay until told to stop."""
        previous = {number: signal.signal(number, self._heard) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            self._watch(is_ready, announce)
        finally:
            self._stop()
            for number, handler in previous.items():
                signal.signal(number, handler)

    def _heard(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the signature of a handler
        self.stop_signals += 1

    def _watch(self, is_ready: Callable[[], bool], announce: Callable[[], None]) -> None:
        announced = False
        while not self.stop_signals:
            for one in self.kept:
                self._attend(one)
            if not announced and is_ready():
                announce()
                announced = True
            time.sleep(POLL_SECONDS)

    def _attend(self, one: _Kept) -> None:
        if one.is_running():
            return
        if one.process is not None:
            how = one.process.returncode
            wait = one.bury()
            self.say(f"The {one.service.name} stopped ({_ending(how)}); it starts again in {wait:g} seconds.")
        elif time.monotonic() >= one.due:
            one.start()

    def _stop(self) -> None:
        """Ask everything to stop; what has not by then, or at a second Ctrl-C, is stopped at once."""
        for one in self.kept:
            if one.process is not None and one.is_running():
                with suppress(ProcessLookupError):
                    one.process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while any(one.is_running() for one in self.kept) and time.monotonic() < deadline and self.stop_signals < 2:
            time.sleep(POLL_SECONDS)
        for one in self.kept:
            one.signal(signal.SIGKILL)
            if one.process is not None:
                one.process.wait()


def _ending(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"
