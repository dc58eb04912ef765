"""docs/reference.md says every setting, command, state, audit action and personal field the program has."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

from django.utils import translation

ROOT = Path(__file__).resolve().parents[2]


def _tool():
    spec = importlib.util.spec_from_file_location("reference", ROOT / "tools" / "reference.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reference_says_what_the_program_has():
    """After adding something: ./run bench tools/reference.py, then read what it wrote."""
    with translation.override("zh-hans"):
        expected = _tool().text()
    assert (ROOT / "docs" / "reference.md").read_text() == expected


def test_every_action_has_a_verb_that_says_what_it_does():
    assert [action for action, _where, doc in _tool().actions() if not doc] == []


def test_every_command_says_what_it_does():
    rows = re.findall(r"^\| `\./run (\S+).*?\| (.*) \|$", _tool().commands_part(), re.M)
    names = {p.stem for p in (ROOT / "baodao/config/management/commands").glob("*.py")} - {"__init__"}
    assert {name.rstrip("`") for name, _words in rows} == names
    assert [name for name, words in rows if not words.strip()] == []


def test_the_settings_file_reads_no_environment_name_that_is_not_documented():
    from baodao.config import environment

    source = "".join(p.read_text() for p in (ROOT / "baodao" / "config").glob("*.py"))
    asked = set(re.findall(r"(?:environ\.get\(|environ\[|flag\(|day\(|port\()\s*\"([A-Z_]+)\"", source))
    assert asked <= set(environment.KNOWN) | set(environment.USUAL) | {"DJANGO_SETTINGS_MODULE"}
