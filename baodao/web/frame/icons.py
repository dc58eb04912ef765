"""The icons we use, inlined as SVG so that no icon font and no second request is needed.

Names are those of the Tabler set (icon_shapes.py); ALIASES are our own words for some of them. Direction icons carry a
class by which right-to-left pages mirror them.
"""

from __future__ import annotations

import functools

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from baodao.web.frame.icon_shapes import SHAPES

ALIASES = {
    "back": "arrow-left", "next": "chevron-right", "prev": "chevron-left", "cross": "x", "close": "x", "word": "file-type-docx",
    "pdf": "file-type-pdf", "print": "printer", "excel": "file-spreadsheet", "import": "file-import", "export": "file-export",
    "error": "alert-circle", "warn": "alert-triangle", "ok": "circle-check", "info": "info-circle", "mute": "circle",
    "today": "home", "needs": "message-2", "plan": "calendar-time", "posts": "briefcase", "ledger": "address-book",
    "points": "award", "roll-call": "user-check", "qr": "qrcode", "pair": "arrows-exchange", "calendar-clock": "calendar-time",
    "undo": "arrow-back-up", "map": "map-pin", "people": "users", "person": "user", "menu": "menu-2", "time": "clock",
    "bulletin": "speakerphone", "unit": "building", "community": "building-community", "save": "check", "delete": "trash",
    "warning": "alert-triangle", "add": "plus", "overview": "layout-dashboard",
}  # fmt: skip
DIRECTIONS = frozenset({
    "arrow-left", "arrow-right", "arrow-back-up", "arrow-bar-to-right", "chevron-left", "chevron-right", "logout", "login",
    "mail-forward", "player-play", "send", "share", "external-link",
})  # fmt: skip


@functools.cache
def svg(name: str, size: int = 20) -> SafeString:
    """The icon as inline SVG, drawn once; an unknown name raises KeyError, so that a typo cannot ship."""
    shape = ALIASES.get(name, name)
    return format_html(
        '<svg class="icon{}" width="{}" height="{}" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        'stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">{}</svg>',
        " icon-turns" if shape in DIRECTIONS else "",
        size,
        size,
        mark_safe(SHAPES[shape]),  # noqa: S308 - a constant of this program
    )
