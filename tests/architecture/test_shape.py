"""Sizes, names and directions: the plan of the code as tests."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(p for p in (ROOT / "baodao").rglob("*.py") if "migrations" not in p.parts)
FORBIDDEN_MODULES = {"utils", "helpers", "common", "misc", "util", "helper", "tools"}
ORDER = [
    "audit", "calendar", "orgs", "accounts", "documents", "members", "notices", "needs", "resources", "posts",
    "service", "voices", "matching", "points", "months",
]  # fmt: skip
SAME_LINE = [{"needs", "resources"}, {"matching", "points"}]


def test_no_module_is_called_misc():
    assert [str(p) for p in SOURCES if p.stem in FORBIDDEN_MODULES or p.parent.name in FORBIDDEN_MODULES] == []


def test_no_file_is_longer_than_300_lines():
    long = {str(p.relative_to(ROOT)): n for p in SOURCES if (n := len(p.read_text().splitlines())) > 300}
    assert long == {}


def test_no_function_is_longer_than_60_lines():
    long = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.end_lineno - node.lineno + 1 > 60:
                long.append(f"{path.relative_to(ROOT)}:{node.name}")
    assert long == []


def test_every_module_says_what_it_promises():
    silent = [str(p.relative_to(ROOT)) for p in SOURCES if p.read_text().strip() and not ast.get_docstring(ast.parse(p.read_text()))]
    assert silent == []


def test_relations_point_down():
    wrong = []
    for model in apps.get_models():
        if not model.__module__.startswith("baodao.domain."):
            continue
        for field in model._meta.get_fields():
            if not getattr(field, "concrete", False) or not field.is_relation:
                continue
            here, there = model._meta.app_label, field.related_model._meta.app_label
            if there not in ORDER or here == there:
                continue
            beside = any({here, there} <= line for line in SAME_LINE)
            if beside or ORDER.index(there) > ORDER.index(here):
                wrong.append(f"{model._meta.label}.{field.name} → {there}")
    assert wrong == []


def test_views_open_no_transaction():
    guilty = [str(p) for p in SOURCES if "web" in p.parts and "transaction" in p.read_text() and "import transaction" in p.read_text()]
    assert guilty == []


def test_views_are_short():
    long = []
    for path in (ROOT / "baodao" / "web").rglob("views/*.py"):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef):
                first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
                if node.end_lineno - first.lineno + 1 > 25:
                    long.append(f"{path.name}:{node.name}")
    assert long == []


def test_business_time_is_read_from_the_clock():
    guilty = []
    for path in SOURCES:
        text = path.read_text()
        if path.name in {"clock.py"}:
            continue
        for call in ("date.today(", "datetime.today(", "datetime.utcnow("):
            if call in text:
                guilty.append(f"{path.relative_to(ROOT)}: {call}")
    assert guilty == []


@pytest.mark.parametrize("name", ["admin", "auth.User"])
def test_no_django_admin_and_no_superuser(name):
    from django.conf import settings
    from django.contrib.auth import get_user_model

    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    assert [f.name for f in get_user_model()._meta.get_fields() if f.name in {"is_superuser", "is_staff", "last_login"}] == []
