"""Tags and filters of all faces: form keys, icons, dates, numbers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from baodao.base.days import clock
from baodao.web.frame import icons, keys

register = template.Library()


@register.simple_tag
def form_key() -> SafeString:
    """The hidden field that every unsafe form carries."""
    return format_html('<input type="hidden" name="_key" value="{}">', keys.new_key())


@register.simple_tag
def icon(name: str, size: int = 20) -> SafeString:
    """One of our icons, inlined; decorative (hidden from screen readers), the word stands beside it."""
    return icons.svg(name, size)


@register.filter
def weekday(value: date) -> str:
    """周一 … 周日."""
    return "周" + "一二三四五六日"[value.weekday()]


@register.filter
def day(value: date | datetime | None) -> str:
    """A date in tables: MM-DD this year, YYYY-MM-DD in another."""
    if value is None:
        return "—"
    local = value.astimezone(clock.ZONE).date() if isinstance(value, datetime) else value
    return f"{local:%m-%d}" if local.year == clock.today().year else f"{local:%Y-%m-%d}"


@register.filter
def hm(value: datetime | None) -> str:
    """The time of day, 24 hours."""
    return f"{value.astimezone(clock.ZONE):%H:%M}" if value else "—"


@register.filter
def day_hm(value: datetime | None) -> str:
    """Date and time in tables."""
    return f"{day(value)} {hm(value)}" if value else "—"


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """The value of a mapping by a key that a template only knows at run time."""
    return mapping.get(key, "") if hasattr(mapping, "get") else ""


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """The present address's query with some values changed (None removes one); filters live in the URL."""
    params = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None:
            params.pop(name, None)
        else:
            params[name] = value
    return "?" + params.urlencode()
