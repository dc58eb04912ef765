"""What must hold of any page as a browser shows it: axe, visible labels, sizes for thumbs, no overflow, no policy breach."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__import__("axe_playwright_python").__file__).parent / "axe.min.js"
LABELS = """() => [...document.querySelectorAll('input:not([type=hidden]):not([type=submit]), select, textarea')]
  .filter(f => f.checkVisibility())
  .filter(f => ![...(f.labels || [])].some(l => l.innerText.trim()) && !f.closest('table') && !f.matches('[data-search]'))
  .map(f => f.outerHTML.slice(0, 120))"""
TAPS = """least => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary, [role=button]')]
  .filter(e => e.checkVisibility() && !e.matches('.skip'))
  .filter(e => !(e.tagName === 'A' && getComputedStyle(e).display === 'inline' && e.closest('p, li, td, dd, label')))
  .map(e => e.matches('input[type=checkbox], input[type=radio]') && e.closest('label') ? e.closest('label') : e)
  .map(e => [e, e.getBoundingClientRect()])
  .filter(([e, b]) => b.width > 0 && (b.height < least - 0.5 || b.width < Math.min(least, 24) - 0.5))
  .map(([e, b]) => `${e.outerHTML.slice(0, 90)} ${Math.round(b.width)}×${Math.round(b.height)}`)"""
OPEN = "() => document.querySelectorAll('main details:not(.menu-box)').forEach(d => { d.open = true })"
OVERFLOW = "() => document.documentElement.scrollWidth - window.innerWidth"


def without_label(page: Page) -> list[str]:
    """Fields that no visible label names (a placeholder is none)."""
    found: list[str] = page.evaluate(LABELS)
    return found


def too_small(page: Page, least: int) -> list[str]:
    """What can be pressed and is lower than ``least`` pixels; links inside a sentence are exempt."""
    found: list[str] = page.evaluate(TAPS, least)
    return found


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window (0 or less is right)."""
    return int(page.evaluate(OVERFLOW))


def axe(page: Page) -> list[str]:
    """What axe finds against WCAG A and AA, one line each.

    The page's policy allows no foreign script, so axe is handed over by the driver, not by a tag.
    """
    page.evaluate(AXE.read_text(encoding="utf-8"))
    options: dict[str, Any] = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    options["rules"] = {"target-size": {"enabled": False}}  # too_small asks for more, and is not misled by bars that stick
    found = page.evaluate(f"() => axe.run(document, {json.dumps(options)})")
    return [
        f"{fault['id']}: {node['html'][:110]} {node.get('failureSummary', '')[:160]}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


def faults(page: Page, *, least: int = 24) -> list[str]:
    """Everything that is wrong with the page in the window, what folds away unfolded; ``least`` is 44 on phone pages."""
    page.evaluate(OPEN)
    found = [f"no visible label: {words}" for words in without_label(page)]
    found += [f"too small to press: {words}" for words in too_small(page, least)]
    if overflow(page) > 0:
        found.append(f"wider than the window by {overflow(page)} px")
    return found + axe(page)
