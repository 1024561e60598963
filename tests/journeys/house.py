"""A whole installation for the journeys: web server, worker and Clachan, in a folder of its own."""

from __future__ import annotations

import ctypes
import fcntl
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import StorageState

from placeweave.operations import ports

FIRST_PORT = 8600 + 20 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
"""Far enough apart that two houses which start in one moment do not take the same."""
PATIENCE_SECONDS = 20
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


@dataclass(frozen=True)
class House:
    """A running demonstration.

    Attributes
    ----------
    address : str
        Where it answers, such as ``http://localhost:8600``.
    doors : dict
        The sign-in link of each persona, by its part: ``convener``, ``partner``, ...
    environment : dict
        What a command needs in order to speak of this installation.
    signed_in : dict
        What the browser of each persona holds who has come in already.
    """

    address: str
    doors: dict[str, str]
    environment: dict[str, str]
    signed_in: dict[str, StorageState] = field(default_factory=dict)

    def command(self, *arguments: str) -> str:
        """Run ``placeweave`` on this installation, and give what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "placeweave.cli", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def invitation(self, *, place: str, name: str, email: str, standing: str = "convener") -> str:
        """Invite somebody, and give the link they would be handed."""
        return _links(self.command("place", "invite", place, email, name, "--standing", standing))[0]


def _links(text: str) -> list[str]:
    return re.findall(r"http://\S+", text)


def _die_with_the_tests() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def furnished(home: Path, *, pattern: Path) -> Path:
    """Lay a copy of Clachan into a folder; whoever comes first loads it into the pattern, and others wait for that."""
    pattern.mkdir(parents=True, exist_ok=True)
    with (pattern.parent / f"{pattern.name}.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if not (pattern / "placeweave.sqlite3").exists():
            House("", {}, _environment(pattern)).command("demo", "--reset")
    return Path(shutil.copytree(pattern, home))


def _environment(home: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PLACEWEAVE_", "DATABASE_URL"))}
    return {**kept, "PLACEWEAVE_HOME": str(home), "PYTHONPATH": "src"}


@contextmanager
def running(home: Path) -> Iterator[House]:
    """Start a demonstration, and stop it at the end, however the end comes."""
    environment = _environment(home)
    port = ports.first_free("127.0.0.1", FIRST_PORT)
    with (home.parent / "house.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "placeweave.cli", "demo", "--port", str(port)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            preexec_fn=_die_with_the_tests,  # noqa: PLW1509 - it calls the kernel and nothing else
        )
        try:
            yield _announced(process, environment)
        finally:
            process.terminate()
            try:
                process.communicate(timeout=PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()


def _announced(process: subprocess.Popen[str], environment: dict[str, str]) -> House:
    """Read what the demonstration says of itself, as a person at the terminal does."""
    assert process.stdout is not None
    said: list[str] = []
    for line in process.stdout:
        said.append(line)
        if line.startswith("Everything you change"):
            break
    text = "".join(said)
    address, *links = _links(text)
    parts = re.findall(r"^  (\w+) +\S", text, flags=re.MULTILINE)
    assert len(parts) == len(links), text
    return House(address, dict(zip(parts, links, strict=True)), {**environment, "PLACEWEAVE_URL": address})
