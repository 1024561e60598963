"""What dies is started again; what is stopped stops together."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from placeweave.operations import supervisor
from placeweave.operations.supervisor import Service, Supervisor

SLEEPER = (
    "import pathlib, os, time, sys; pathlib.Path(sys.argv[1]).open('a').write(f'{os.getpid()}\\n'); time.sleep(60)"
)


def sleeper(name: str, trace: Path) -> Service:
    return Service(name, (sys.executable, "-c", SLEEPER, str(trace)))


def pids(trace: Path) -> list[int]:
    return [int(line) for line in trace.read_text().split()] if trace.exists() else []


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def wait_until(condition: Callable[[], bool], seconds: float = 15.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.05)


def run_while(kept: Supervisor, story: Callable[[], None]) -> None:
    """Run the supervisor here, as it wants the main thread, and tell the story in another."""
    failures: list[BaseException] = []

    def tell() -> None:
        try:
            story()
        except BaseException as failure:  # noqa: BLE001 - told again below, in the main thread
            failures.append(failure)
        finally:
            os.kill(os.getpid(), signal.SIGTERM)

    telling = threading.Thread(target=tell)
    telling.start()
    kept.run(is_ready=lambda: True, announce=lambda: None)
    telling.join()
    if failures:
        raise failures[0]


def test_a_killed_process_is_started_again_and_told_of(tmp_path: Path) -> None:
    trace, told = tmp_path / "trace", []

    def story() -> None:
        wait_until(lambda: len(pids(trace)) == 1)
        os.kill(pids(trace)[0], signal.SIGKILL)
        wait_until(lambda: len(pids(trace)) == 2)

    run_while(Supervisor([sleeper("worker", trace)], say=told.append), story)
    assert told == ["The worker stopped (SIGKILL); it starts again in 0.5 seconds."]


def test_stopping_leaves_no_process_behind(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"

    def story() -> None:
        wait_until(lambda: bool(pids(one) and pids(other)))

    run_while(Supervisor([sleeper("one", one), sleeper("other", other)], say=print), story)
    assert not any(is_alive(pid) for pid in [*pids(one), *pids(other)])


def test_what_will_not_stop_is_made_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "PATIENCE_SECONDS", 0.5)
    trace = tmp_path / "trace"
    stubborn = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEPER}"
    kept = Supervisor([Service("stubborn", (sys.executable, "-c", stubborn, str(trace)))], say=print)
    run_while(kept, lambda: wait_until(lambda: bool(pids(trace))))
    assert not is_alive(pids(trace)[0])


def test_it_waits_longer_after_each_early_death() -> None:
    kept = supervisor._Kept(Service("web server", ("true",)))
    kept.started = time.monotonic()
    assert [kept.bury() for _ in range(8)] == [0.5, 1, 2, 4, 8, 16, 30, 30]


def test_a_steady_process_is_forgiven_its_past() -> None:
    kept = supervisor._Kept(Service("web server", ("true",)))
    kept.deaths, kept.started = 6, time.monotonic() - supervisor.STEADY_SECONDS - 1
    assert kept.bury() == 0.5
