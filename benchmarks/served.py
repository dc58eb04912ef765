"""The real server for a measurement, a browser that costs nothing, and what a table of results looks like.

``Server`` runs ``./run`` exactly as a town would (granian with two workers, the worker beside it) on data of its own; all its
processes carry a mark in their environment, so that they are found and ended, and no others.
"""

from __future__ import annotations

import contextlib
import gzip
import http.client
import os
import re
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "baodao-demo"  # noqa: S105 - the demo's, which is public
MARK = "BENCHMARK_SERVER"
TICK = os.sysconf("SC_CLK_TCK")
_INPUT = re.compile(r"<(?:input|textarea)\b([^>]*)>")
RAISED = re.compile(r"[A-Za-z_.]+(Error|Exception|Busy)\b")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def processes(key: str, value: str) -> list[int]:
    """Process ids whose environment holds ``key=value``."""
    found, wanted = [], f"{key}={value}".encode()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                if wanted in (entry / "environ").read_bytes().split(b"\0"):
                    found.append(int(entry.name))
    return sorted(found)


def cpu_of(pids: list[int]) -> float:
    """Processor seconds these processes and their waited-for children have used."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            total += sum(int(word) for word in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:15])
    return total / TICK


def postgres_pids() -> list[int]:
    """Every process of PostgreSQL on this machine; a backend that ends adds its time to the postmaster's."""
    found = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if entry.name.isdigit() and (entry / "comm").read_text().strip() == "postgres":
                found.append(int(entry.name))
    return found


class Server:
    """``./run`` on ``data`` and ``url``; ``start`` returns when a page answers, ``kill`` is kill -9 of all of it."""

    def __init__(self, data: Path, url: str = "", port: int = 0, root: Path = ROOT) -> None:
        self.data, self.port, self.root, self.mark = data, port or free_port(), root, secrets.token_hex(8)
        self.environment = {**os.environ, "DATA_DIR": str(data), "PORT": str(self.port), MARK: self.mark}
        self.environment.pop("DATABASE_URL", None)
        if url:
            self.environment["DATABASE_URL"] = url
        self.process: subprocess.Popen[bytes] | None = None
        self.log = Path(tempfile.gettempdir()) / f"baodao-benchmark-{self.mark}.log"

    def start(self, wait: float = 60) -> float:
        """Seconds until a page answers."""
        began = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                ["./run"], cwd=self.root, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        while time.monotonic() - began < wait:
            with contextlib.suppress(OSError, http.client.HTTPException):
                if Browser(self.port).get("/").status == 200:
                    return time.monotonic() - began
            if self.process.poll() is not None:
                break
            time.sleep(0.02)
        raise SystemExit(f"the server did not start: {self.log.read_text()[-2000:]}")

    def pids(self) -> list[int]:
        """Every process of the server, the worker too."""
        return processes(MARK, self.mark)

    def kill(self) -> int:
        """kill -9 of every process at once; how many died."""
        died = 0
        while found := [pid for pid in self.pids() if not _is_zombie(pid)]:
            for pid in found:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                    died += 1
            self._reap()
        return died

    def _reap(self) -> None:
        if self.process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=0.05)

    def stop(self) -> None:
        """An orderly end."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=30)
        self.kill()
        self.log.unlink(missing_ok=True)

    def exceptions(self) -> Counter[str]:
        """The last line of every traceback in the log, and how often it is there."""
        lines = self.log.read_text(errors="replace").splitlines()
        return Counter(line[:200] for line in lines if RAISED.match(line))

    def manage(self, *words: str) -> subprocess.CompletedProcess[str]:
        """``./run WORDS`` beside the server."""
        return subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *words],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip


def _is_zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] in "ZX"
    except OSError:
        return True


@dataclass(slots=True)
class Answer:
    """One answer; ``wire`` is what came over the wire, head and body, in bytes."""

    status: int
    headers: dict[str, str]
    body: bytes
    wire: int

    @property
    def text(self) -> str:
        """The page."""
        return self.body.decode("utf-8", "replace")

    def form(self, action: str = "") -> dict[str, str]:
        """Hidden and filled fields of the form that leads to ``action`` (the first with a key when it is empty)."""
        for part in self.text.split("<form")[1:]:
            part = part.split("</form>")[0]
            if "_key" in part and (not action or f'action="{action}' in part.split(">")[0]):
                found = [dict(_ATTRIBUTE.findall(one)) for one in _INPUT.findall(part)]
                return {f["name"]: unescape(f.get("value", "")) for f in found if "name" in f and f.get("type") == "hidden"}
        raise LookupError(f"no form {action!r} in an answer {self.status}: {self.text[:300]}")


@dataclass
class Browser:
    """A browser without a screen: one connection kept open, cookies, compressed answers taken."""

    port: int
    source: str = "127.0.0.1"
    timeout: float = 30
    cookies: dict[str, str] = field(default_factory=dict)
    _held: http.client.HTTPConnection | None = None

    def get(self, path: str) -> Answer:
        """GET."""
        return self._ask("GET", path)

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        """POST of a form, as a browser sends it."""
        return self._ask("POST", path, urlencode(fields))

    def login(self, name: str) -> None:
        """Through the login page."""
        page = self.get("/login/")
        token = dict(_ATTRIBUTE.findall(re.search(r"<input[^>]*csrfmiddlewaretoken[^>]*>", page.text)[0]))  # type: ignore[index]
        said = {"csrfmiddlewaretoken": token["value"], "login": name, "password": PASSWORD}
        answer = self.post("/login/", said)
        if answer.status not in (302, 303):
            raise SystemExit(f"{name} could not log in: {answer.status}")

    def close(self) -> None:
        """Drop the connection."""
        if self._held is not None:
            self._held.close()
            self._held = None

    def _ask(self, method: str, path: str, body: str | None = None) -> Answer:
        if self._held is None:
            self._held = http.client.HTTPConnection(
                "127.0.0.1", self.port, timeout=self.timeout, source_address=(self.source, 0)
            )
        headers = {"Accept-Encoding": "gzip, br" if path.startswith("/static/") else "gzip"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"http://127.0.0.1:{self.port}{path}"}
        try:
            self._held.request(method, path, body, headers)
            answer = self._held.getresponse()
            raw = answer.read()
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        wire = len(raw) + sum(len(k) + len(v) + 4 for k, v in answer.getheaders()) + 17
        packed = answer.headers.get("Content-Encoding") == "gzip"
        return Answer(answer.status, dict(answer.getheaders()), gzip.decompress(raw) if packed else raw, wire)


@contextlib.contextmanager
def demo_copy() -> Iterator[tuple[Path, str]]:
    """(data folder, DATABASE_URL or "") of a loaded demo to spoil: SQLite copied from DATA_DIR, or loaded afresh.

    A PostgreSQL database named by DATABASE_URL is used as it is if its demo was loaded by such a measurement before, and
    loaded otherwise; its keys lie in a folder of the temporary directory named after it.
    """
    url = os.environ.get("DATABASE_URL", "")
    if url.startswith("postgres"):
        data = Path(tempfile.gettempdir()) / f"baodao-benchmark-{url.rsplit('/', 1)[1]}"
        data.mkdir(exist_ok=True, mode=0o700)
        _load(data, url)
        yield data, url
        return
    with tempfile.TemporaryDirectory(prefix="baodao-benchmark-") as folder:
        data, source = Path(folder), Path(os.environ.get("DATA_DIR") or ROOT / "data")
        if (source / "baodao.sqlite3").exists():
            copy_demo(source, data)
        _load(data, "")
        yield data, ""


def copy_demo(source: Path, target: Path) -> None:
    """The SQLite file (by its own online copy), the keys and the static files of a demo."""
    old, new = sqlite3.connect(source / "baodao.sqlite3"), sqlite3.connect(target / "baodao.sqlite3")
    old.backup(new)
    for one in (old, new):
        one.close()
    for name in ("keys", "static"):
        if (source / name).exists():
            shutil.copytree(source / name, target / name, dirs_exist_ok=True)


def _load(data: Path, url: str) -> None:
    done = Server(data, url).manage("demo", "--no-serve")
    if done.returncode:
        raise SystemExit(f"the demo could not be loaded:\n{done.stdout}{done.stderr}")


def fraction(values: list[float], part: float) -> float:
    """The value below which ``part`` of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def line(what: str, seen: str, bound: str, ok: bool | None) -> None:
    """One line of a table: what, what was seen, the bound, and whether it holds."""
    print(f"{_wide(what, 58)} {_wide(seen, 34)} {_wide(bound, 26)} {'' if ok is None else 'yes' if ok else 'NO'}", flush=True)


def _wide(text: str, width: int) -> str:
    return text + " " * max(0, width - sum(2 if ord(sign) > 0x2E7F else 1 for sign in text))


def machine() -> str:
    """The machine of a figure, in one line: cores, load before, database and day."""
    load = os.getloadavg()[0]
    database = "PostgreSQL" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "SQLite"
    busy = "busy" if load > 0.7 else "quiet"
    return f"{database}, {os.cpu_count()} cores, load before {load:.1f} ({busy}), Python {sys.version.split()[0]}, {time.strftime('%d %b %Y %H:%M')}"


def settings_for(data: Path, url: str, port: int = 8000, **more: Any) -> None:
    """Point this process at the same data and set Django up."""
    os.environ |= {"DATA_DIR": str(data), "PORT": str(port), "DJANGO_SETTINGS_MODULE": "baodao.config.settings", **more}
    if url:
        os.environ["DATABASE_URL"] = url
    else:
        os.environ.pop("DATABASE_URL", None)
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    import django

    django.setup()
