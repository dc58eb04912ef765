"""Write docs/reference.md from the program itself: settings, commands, states, audit actions, personal fields.

Run it as ``./run bench tools/reference.py`` after adding one of these; ``tests/architecture/test_documented.py`` fails
until the file says what the program has.
"""

from __future__ import annotations

import ast
import importlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "reference.md"
HEAD = """# Reference

Made from the program by `./run bench tools/reference.py`; a test compares. Words in brackets are defaults. What commands promise
to other programs stands in the project's contract; here is what this version has.
"""


def table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]] | list[tuple[str, ...]]) -> str:
    """A Markdown table; a bar in a cell is written so that it stays in it."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def settings_part() -> str:
    """Environment names and the choices of a town."""
    from baodao.config import environment
    from baodao.domain.orgs import rules

    names = [(f"`{name}`", words) for name, words in {**environment.USUAL, **environment.KNOWN}.items()]
    choices = [
        (f"`{key}`", str(choice.words), str(choice.default) or "–", "、".join(map(str, choice.allowed)) or "–")
        for key, choice in rules.SETTINGS.items()
    ]
    return (
        "## Settings\n\nFrom the environment only; an unknown `BAODAO_` name is refused at the start.\n\n"
        + table(("name", "meaning"), names)
        + "\n### A town's own choices\n\nSet on the settings page by the system administrator.\n\n"
        + table(("key", "meaning", "default", "allowed"), choices)
    )


def commands_part() -> str:
    """Every command with its usage."""
    found = []
    folder = ROOT / "baodao" / "config" / "management" / "commands"
    for path in sorted(folder.glob("*.py")):
        if path.stem == "__init__":
            continue
        command = importlib.import_module(f"baodao.config.management.commands.{path.stem}").Command()
        usage = " ".join(command.create_parser("run", path.stem).format_usage().split())
        usage = usage.removeprefix("usage: ").replace(" [-h]", "")
        found.append((f"`{usage}`", str(command.help)))
    return (
        "## Commands\n\nStatus 0 done, 1 refused with a line for each reason on standard error, 2 wrong arguments.\n\n"
        + table(("command", "does"), found)
    )


def areas() -> list[str]:
    """The areas of the domain, by name."""
    return sorted(p.parent.name for p in (ROOT / "baodao" / "domain").glob("*/__init__.py"))


def states_part() -> str:
    """Every list of states or choices with its words, and where each state may go."""
    from django.db.models import TextChoices

    text = "## States and choices\n\nThe code is what is stored and exchanged; the words are what is shown.\n"
    for area in areas():
        if not (ROOT / "baodao" / "domain" / area / "states.py").exists():
            continue
        module = importlib.import_module(f"baodao.domain.{area}.states")
        steps = {
            state: sorted(str(to) for to in moves)
            for name, moves_of in vars(module).items()
            if name.endswith("TRANSITIONS")
            for state, moves in moves_of.items()
        }
        for kind in vars(module).values():
            if isinstance(kind, type) and issubclass(kind, TextChoices) and kind.__module__ == module.__name__:
                rows = [(f"`{one.value}`", str(one.label), "、".join(steps.get(one, [])) or "–") for one in kind]
                doc = (kind.__doc__ or "").strip().splitlines()[0]
                text += f"\n### {area}.{kind.__name__}\n\n{doc}\n\n" + table(("code", "words", "goes to"), rows)
    return text


def actions() -> list[tuple[str, str, str]]:
    """(action, where, what the verb promises) of every ``record("…")`` in the domain and the commands."""
    found: dict[str, tuple[str, str]] = {}
    sources = [*(ROOT / "baodao" / "domain").rglob("*.py"), *(ROOT / "baodao" / "config").rglob("*.py")]
    for path in sorted(sources):
        tree = ast.parse(path.read_text())
        promised = (ast.get_docstring(tree) or "").splitlines()[:1]
        for verb in [node for node in tree.body if isinstance(node, ast.FunctionDef)]:
            doc = (ast.get_docstring(verb) or "").splitlines()[:1] or promised
            for call in ast.walk(verb):
                if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "record" and call.args:
                    for action in _words(call.args[0]):
                        area = path.relative_to(ROOT / "baodao").parts[1]
                        found.setdefault(action, (f"{area}.{verb.name}", doc[0] if doc else ""))
    return [(action, where, doc) for action, (where, doc) in sorted(found.items())]


def _words(node: ast.expr) -> list[str]:
    """The action's words: a literal, either side of a condition, or the fixed parts of a formatted string."""
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.IfExp):
        return [*_words(node.body), *_words(node.orelse)]
    if isinstance(node, ast.JoinedStr):
        return ["".join(str(p.value) if isinstance(p, ast.Constant) else "…" for p in node.values)]
    return []


def actions_part() -> str:
    """The audit actions and what rings when they happen."""
    from baodao.config import wiring

    rows = [(f"`{action}`", f"`{where}`", doc) for action, where, doc in actions()]
    rings = [
        (f"`{action}`", ", ".join(f"`{h.__module__.removeprefix('baodao.')}.{h.__name__}`" for h in handlers))
        for action, handlers in sorted(wiring.handlers().items())
    ]
    text = "## Audit actions\n\nWritten to the chain of the town (or of the system) in the transaction of the deed.\n\n"
    text += table(("action", "by", "the deed"), rows)
    return text + "\n### What rings\n\n" + table(("action", "calls"), rings)


def privacy_part() -> str:
    """The register of personal and free-text fields."""
    from baodao.config import privacy

    rows = [(f"`{f.area}.{f.table}.{f.column}`", f.purpose, str(f.length), f.readers, f.limit) for f in privacy.fields()]
    return (
        "## Personal and free-text fields\n\nThe register that `retention`, the tests and the privacy page read.\n\n"
        + table(("field", "why", "length", "read by", "kept"), rows)
    )


def jobs_part() -> str:
    """What the worker does by itself."""
    from baodao.config import jobs

    rows = [(f"`{one.name}`", f"{one.every:g} s", (one.run.__doc__ or "").splitlines()[0]) for one in jobs.all_jobs()]
    return "## The worker's clock\n\n" + table(("job", "every", "does"), rows)


def text() -> str:
    """The whole page."""
    parts = (settings_part, commands_part, jobs_part, states_part, actions_part, privacy_part)
    return HEAD + "\n" + "\n".join(part() for part in parts)


def main() -> None:
    """Write the page."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baodao.config.settings")
    import django
    from django.utils import translation

    django.setup()
    with translation.override("zh-hans"):
        TARGET.write_text(text())
    print(f"{TARGET.relative_to(ROOT)} written")


if __name__ == "__main__":
    main()
