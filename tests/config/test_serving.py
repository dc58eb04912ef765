"""The server and its worker under kill: no port stays taken, no half process stays behind."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.config.conftest import ROOT, Place

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """``./run serve`` (or ``./run``) of a place, on a port of its own."""

    def __init__(self, place: Place, *words: str) -> None:
        self.port = free_port()
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), *words],
            env=place.environment(PORT=str(self.port)), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        until(self.answers, 60)

    def answers(self) -> bool:
        """Is the page of health there?"""
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2) as answer:
                return answer.status == 200
        except OSError:
            return False

    def children(self, parent: int | None = None) -> dict[int, str]:
        """Living child processes: id → command line."""
        found = {}
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                try:
                    state = (folder / "stat").read_text().rpartition(")")[2].split()
                    words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                except OSError:
                    continue
                if int(state[1]) == (parent or self.process.pid) and state[0] != "Z":
                    found[int(folder.name)] = words
        return found

    def of(self, word: str) -> int:
        """The child whose command line has a word of its own (or a program of that name); 0 if none."""
        found = self.children().items()
        return next((pid for pid, words in found if word in [Path(one).name for one in words.split()]), 0)


def until(question, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not question():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)


def gone(pids) -> bool:
    return not any(Path(f"/proc/{pid}/cmdline").exists() and Path(f"/proc/{pid}/cmdline").read_bytes() for pid in pids)


@pytest.fixture
def served(founded):
    """A served real town with its worker; everything is gone afterwards."""
    server = Server(founded, "demo")
    until(lambda: server.of("work"), 60)
    groups = [*server.children()]  # each child leads a group, which holds whatever it starts later
    yield server
    for group in [*groups, *server.children()]:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)
    server.process.kill()
    server.process.wait(timeout=20)


def test_a_killed_worker_of_the_server_is_replaced(served):
    granian = served.of("granian")
    first = next(iter(served.children(granian)))
    os.kill(first, signal.SIGKILL)
    until(lambda: len(served.children(granian)) == 2 and first not in served.children(granian), 60)
    until(served.answers, 30)


def test_a_killed_background_worker_is_started_again(served):
    first = served.of("work")
    os.kill(first, signal.SIGKILL)
    until(lambda: served.of("work") not in (0, first), 60)
    until(served.answers, 30)


def test_killing_the_watcher_takes_everything_with_it(served):
    family = [*served.children()]
    family += [pid for one in family for pid in served.children(one)]
    os.kill(served.process.pid, signal.SIGKILL)
    served.process.wait(timeout=20)
    until(lambda: gone(family), 30)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", served.port))


def test_a_dead_server_ends_the_whole_with_status_1(served):
    granian = served.of("granian")
    family = [*served.children(), *served.children(granian)]
    os.kill(granian, signal.SIGKILL)
    assert served.process.wait(timeout=40) == 1
    until(lambda: gone(family), 10)


def test_sigterm_ends_it_quietly(served):
    family = [*served.children()]
    served.process.terminate()
    assert served.process.wait(timeout=40) == 0
    until(lambda: gone(family), 10)


def test_static_files_that_a_power_cut_left_half_are_made_again(founded):
    """The manifest was cut short and the stamp, written last, is not there: the server starts."""
    static = founded.data / "static"
    static.mkdir(exist_ok=True)
    (static / "staticfiles.json").write_bytes(b"")
    server = Server(founded, "serve")
    server.process.terminate()
    assert server.process.wait(timeout=40) == 0
    assert len((static / ".stamp").read_text()) == 64
    assert "baodao.css" in (static / "staticfiles.json").read_text()


def test_a_taken_port_is_said(founded):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = founded.run("serve", PORT=str(port))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"127.0.0.1:{port} 已经被占用。换一个：PORT=8001 ./run\n"
