"""The front end keeps its own rules: no inline style or script, no host names, pinned files, logical CSS, visible labels, contrast."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "baodao"
STATIC = PACKAGE / "static"
TEMPLATES = sorted(path for path in PACKAGE.rglob("*.html") if "papers" not in path.parts)
OURS = sorted(STATIC.glob("*.css"))
SCRIPTS = sorted((STATIC / "js").glob("*.js"))


def found(pattern: str, text: str) -> list[str]:
    return [match.group(0) for match in re.finditer(pattern, text, re.I)]


def names(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


@pytest.mark.parametrize("path", TEMPLATES, ids=names(TEMPLATES))
def test_no_inline_style_or_script(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert found(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|hx-on", text) == []
    scripts = [tag for tag in found(r"<script\b[^>]*>", text) if "src=" not in tag and "application/json" not in tag]
    assert scripts == []


@pytest.mark.parametrize("path", TEMPLATES, ids=names(TEMPLATES))
def test_no_host_names(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert found(r"(https?:)?//[a-z0-9-]+\.[a-z]{2,}", text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=names(TEMPLATES))
def test_templates_compile(path: Path) -> None:
    parts = path.parts
    get_template(str(Path(*parts[parts.index("templates") + 1 :])))


@pytest.mark.parametrize("path", TEMPLATES, ids=names(TEMPLATES))
def test_no_tag_is_broken_over_lines(path: Path) -> None:
    """Django reads a tag that spans lines as plain text and shows it to the reader."""
    text = re.sub(r"{#.*?#}", "", path.read_text(encoding="utf-8"))
    assert [tag[:60] for tag in re.findall(r"{%(?:(?!%}).)*\n(?:(?!%}).)*%}", text)] == []


FIELDS = r"<(input|select|textarea)\b(?:[^>{]|{[{%].*?[}%]})*>"


@pytest.mark.parametrize("path", TEMPLATES, ids=names(TEMPLATES))
def test_every_field_has_a_visible_label(path: Path) -> None:
    """A field written by hand stands in a label or is named by one; in a table's row the heading names it (aria-label)."""
    text = path.read_text(encoding="utf-8")
    without = []
    for match in re.finditer(FIELDS, text):
        tag = match.group(0)
        if re.search(r"type=[\"'](hidden|submit)", tag):
            continue
        own = re.search(r"\bid=[\"']([^\"']*)[\"']", tag)
        before = text[: match.start()]
        in_label = before.rfind("<label") > before.rfind("</label")
        in_table = before.rfind("<td") > before.rfind("</td") or before.rfind("<th") > before.rfind("</th")
        if in_label or (own and f'for="{own.group(1)}"' in text) or (in_table and "aria-label" in tag):
            continue
        without.append(tag)
    assert without == []


@pytest.mark.parametrize("path", TEMPLATES, ids=names(TEMPLATES))
def test_unsafe_forms_carry_their_key(path: Path) -> None:
    """Only <c-form> and forms that say {% form_key %} post; the few that need none lead to log-out, switch, size, language."""
    text = path.read_text(encoding="utf-8")
    if path.parent.name == "cotton" and path.name == "form.html":
        return
    exempt = ("account:switch", "account:big", "account:logout", "/account/big/", "again_to")
    for match in re.finditer(r"<form\b.*?</form>", text, re.S | re.I):
        form = match.group(0)
        if re.search(r"method=[\"']post", form, re.I) and not any(word in form for word in exempt):
            assert "form_key" in form, form[:90]


def test_vendored_files_are_as_pinned() -> None:
    spec = importlib.util.spec_from_file_location("vendor", ROOT / "tools" / "vendor.py")
    assert spec and spec.loader
    vendor = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(vendor)
    assert vendor.faults() == []


@pytest.mark.parametrize("path", OURS, ids=names(OURS))
def test_our_css_is_logical_and_old_enough(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
    assert found(r"(?<![\w-])(margin|padding|border)-(left|right)\b|(?<![\w-])(left|right)\s*:|float:\s*(left|right)|text-align:\s*(left|right)", text) == []
    assert found(r":has\(|color-mix\(|@container|@layer|oklch\(|&\s*[.:{]", text) == []
    assert found(r"url\(|@import", text) == []


@pytest.mark.parametrize("path", OURS, ids=names(OURS))
def test_colours_come_from_the_tokens(path: Path) -> None:
    if path.name == "tokens.css":
        return
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
    assert found(r"#[0-9a-f]{3,8}\b|rgba?\(", text) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=names(SCRIPTS))
def test_scripts_are_short_and_evaluate_nothing(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 150
    assert found(r"\beval\(|new Function|innerHTML|document\.write|https?://|\.style\.", text) == []


def tokens(selector: str) -> dict[str, str]:
    """The tokens of one block of tokens.css."""
    text = re.sub(r"/\*.*?\*/", "", (STATIC / "tokens.css").read_text(encoding="utf-8"), flags=re.S)
    values: dict[str, str] = {}
    for block in re.findall(r"(?:^|})\s*" + re.escape(selector) + r"\s*{([^}]*)}", text):
        values.update(re.findall(r"(--[\w-]+)\s*:\s*([^;]+);", block))
    return values


def light(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    parts = [int(colour.lstrip("#")[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    line = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * line[0] + 0.7152 * line[1] + 0.0722 * line[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours (WCAG 2.2)."""
    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


PAIRS = [
    ("--text", "--paper", 4.5), ("--text", "--frame", 4.5), ("--text-2", "--paper", 4.5), ("--text-2", "--frame", 4.5),
    ("--text-2", "--mute-tint", 4.5), ("--text-2", "--hover", 4.5), ("--text-2", "--picked", 4.5), ("--on-fill", "--action", 4.5),
    ("--on-fill", "--action-press", 4.5), ("--on-fill", "--brand", 4.5), ("--action", "--paper", 4.5), ("--action", "--frame", 4.5),
    ("--action", "--hover", 4.5), ("--action", "--picked", 4.5), ("--action", "--warn-tint", 4.5), ("--ok", "--ok-tint", 4.5),
    ("--warn", "--warn-tint", 4.5), ("--error", "--error-tint", 4.5), ("--info", "--info-tint", 4.5), ("--ok", "--paper", 4.5),
    ("--warn", "--paper", 4.5), ("--error", "--paper", 4.5), ("--on-dark", "--dark", 4.5), ("--on-dark-link", "--dark", 4.5),
    ("--control", "--paper", 3), ("--focus", "--paper", 3), ("--c1", "--paper", 3), ("--c2", "--paper", 3), ("--c3", "--paper", 3),
    ("--c4", "--paper", 3), ("--c5", "--paper", 3), ("--c6", "--paper", 3),
]  # fmt: skip


@pytest.mark.parametrize("theme", ["", '[data-face="phone"]', '[data-theme="big"]', '[data-face="phone"][data-theme="big"]'])
def test_every_pair_of_tokens_can_be_read(theme: str) -> None:
    values = tokens(":root") | (tokens(theme) if theme else {})
    weak = {(a, b): round(contrast(values[a], values[b]), 2) for a, b, least in PAIRS if contrast(values[a], values[b]) < least}
    assert weak == {}


def wire(*paths: str) -> int:
    """How many bytes these static files are on the wire (brotli, as the server sends them)."""
    import brotli

    return sum(len(brotli.compress((STATIC / path).read_bytes())) for path in paths)


def test_what_every_resident_page_loads_is_light() -> None:
    """A resident's page may weigh 60 KB; the sheets and the one script it shares leave 20 KB for its words."""
    sheets = ("vendor/bootstrap/bootstrap.min.css", "tokens.css", "baodao.css", "board.css")
    assert wire(*sheets, "js/page.js", "js/track.js") < 40_000
