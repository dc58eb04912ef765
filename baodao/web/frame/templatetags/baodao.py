"""Tags and filters of all faces: form keys, icons, dates, numbers."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.utils import dateformat
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from baodao.base import paths
from baodao.base.days import clock
from baodao.base.text import phones
from baodao.domain.accounts.states import EVENT_WORDS
from baodao.web.frame import faces, icons, keys

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
def day_words(value: date) -> str:
    """今天, 明天, otherwise 28日 周六 (with the month when it is another one)."""
    today = clock.today()
    near = {0: "今天", 1: "明天"}.get((value - today).days)
    if near:
        return near
    month = "" if (value.year, value.month) == (today.year, today.month) else f"{value.month}月"
    return f"{month}{value.day}日 {weekday(value)}"


@register.filter
def day_long(value: date) -> str:
    """11月28日（周六）, with the year when it is another one."""
    year = "" if value.year == clock.today().year else f"{value.year}年"
    return f"{year}{value.month}月{value.day}日（{weekday(value)}）"


@register.filter
def weekday_name(number: int) -> str:
    """0–6 as 周一 … 周日."""
    return "周" + "一二三四五六日"[number]


@register.filter
def tenths(value: int) -> str:
    """Tenths of a point as points with one decimal."""
    return f"{value / 10:.1f}"


@register.filter
def percent(share: float) -> str:
    """A share of one as whole per cent."""
    return f"{share * 100:.0f} %"


@register.filter
def hm(value: datetime | None) -> str:
    """The time of day, 24 hours."""
    return f"{value.astimezone(clock.ZONE):%H:%M}" if value else "—"


@register.filter
def day_hm(value: datetime | None) -> str:
    """Date and time in tables."""
    return f"{day(value)} {hm(value)}" if value else "—"


@register.filter
def moment(value: datetime | None) -> str:
    """Date, weekday and time in the reader's language, for residents' pages."""
    return _local(value.astimezone(clock.ZONE), pgettext("日期时间的写法", "n月j日（D）H:i")) if value else "—"


#: A Uyghur ordinal (30-كۈنى) stays on one line: a word joiner behind its hyphen.
_ORDINAL = re.compile(r"(?<=\d)-(?=[\u0600-\u06ff])")
WORD_JOINER = "\u2060"


def _local(value: date | datetime, pattern: str) -> str:
    said = dateformat.format(value, pattern).replace("星期", "周")
    return _ORDINAL.sub(f"-{WORD_JOINER}", said)


@register.filter
def on_day(value: date | datetime | None) -> str:
    """Date and weekday in the reader's language, for residents' pages."""
    if value is None:
        return "—"
    local = value.astimezone(clock.ZONE) if isinstance(value, datetime) else value
    return _local(local, pgettext("日期的写法", "n月j日（D）"))


@register.filter
def depth(thing: Any) -> int:
    """How deep an organisation hangs below its county, for the indent of a list."""
    return len(paths.parts(thing.path)) - 1


@register.filter
def role_words(role: str) -> str:
    """What a role is called; of a program the command's name, its worker in words."""
    if role.startswith("program:"):
        name = role.removeprefix("program:")
        return "后台" if name == "worker" else f"命令 {name}"
    return faces.role_label(role) or role


@register.filter
def event_words(kind: str) -> str:
    """What the security log says, in words."""
    return str(EVENT_WORDS.get(kind, kind))


ERASED = {
    "need_contact": "诉求的联系方式", "need_text": "诉求的内容", "need": "没有受理的诉求", "member_contact": "党员的联系方式",
    "member": "离开的党员", "import": "导入文件", "rating_words": "评价的话", "rating": "评价的话", "notice": "消息",
    "session": "登录会话", "security": "登录记录", "document": "文件", "export": "导出文件",
}  # fmt: skip


@register.filter
def erased_words(kind: str) -> str:
    """What a kind of erasure is called."""
    return ERASED.get(kind, kind)


@register.filter
def headline(text: str, most: int) -> str:
    """The beginning of a text as its title: so many Chinese characters, or twice as many letters that end with a word."""
    used = 0
    for place, sign in enumerate(text):
        wide = unicodedata.east_asian_width(sign) in "WF"
        used += 2 if wide else 1
        if used > 2 * most:
            word = -1 if wide or sign == " " else text.rfind(" ", place // 2, place)
            return text[: place if word < 0 else word].rstrip(" ，,،、") + "…"
    return text


@register.filter
def number(value: str) -> str:
    """An eight-digit code as it is printed: 4821 7093."""
    return f"{value[:4]} {value[4:]}"


@register.filter
def secret(value: str) -> str:
    """A secret as it is printed: K7QM-2RXA-9FHD."""
    return "-".join(value[place : place + 4] for place in range(0, len(value), 4))


@register.filter
def phone(value: str) -> str:
    """A telephone number as people read it."""
    return phones.display(value) if value else ""


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


@register.filter
def is_here(href: str, path: str) -> bool:
    """Is the page at ``path`` this menu entry's page or one below it; a face's own start only when it is the page."""
    start = href.split("?")[0].split("#")[0]
    if not start or start.count("/") <= 2:
        return path == start
    return path.startswith(start)


def _size(widget: forms.Widget) -> str:
    """Numbers and days stand in short boxes, short words in middling ones: a box says how much is wanted."""
    if isinstance(widget, (forms.NumberInput, forms.DateInput, forms.TimeInput)):
        return "short"
    most = widget.attrs.get("maxlength")
    return "mid" if isinstance(widget, forms.TextInput) and most and int(most) <= 60 else ""


@register.simple_tag
def field_parts(field: BoundField) -> dict[str, Any]:
    """A form field's widget with our classes, and which of the four shapes it has (group, check, file, plain)."""
    widget = field.field.widget
    group = isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple))
    check = isinstance(widget, forms.CheckboxInput)
    attrs: dict[str, Any] = {}
    if not (group or check):
        style = "form-select" if isinstance(widget, forms.Select) else "form-control"
        attrs["class"] = " ".join(dict.fromkeys(f"{style} {_size(widget)} {widget.attrs.get('class', '')}".split()))
    ids = [f"{field.auto_id}_helptext"] if field.help_text else []
    ids += [f"{field.auto_id}_error"] if field.errors else []
    if ids and not group:
        attrs["aria-describedby"] = " ".join(ids)
    return {
        "group": group,
        "check": check,
        "file": isinstance(widget, forms.FileInput),
        "described": " ".join(ids),
        "widget": "" if group else field.as_widget(attrs=attrs),
    }


@register.simple_tag
def step_state(number: int, now: Any) -> str:
    """done, now or later: how step ``number`` of a wizard looks while step ``now`` is open."""
    return "now" if number == int(now) else "done" if number < int(now) else "later"


@register.simple_tag
def step_dot(number: int, now: Any) -> Any:
    """The tick of a done step, the number of another."""
    return icons.svg("check", 16) if number < int(now) else number


class Around(template.Node):
    """An element that is there only when its content is."""

    def __init__(self, element: str, classes: str, nodelist: template.NodeList) -> None:
        self.element, self.classes, self.nodelist = element, classes, nodelist

    def render(self, context: template.Context) -> SafeString:
        """The element around its content; nothing when the content is blank."""
        inner = self.nodelist.render(context).strip()
        if not inner:
            return SafeString("")
        return format_html('<{0} class="{1}">{2}</{0}>', self.element, self.classes, SafeString(inner))


@register.tag
def around(parser: template.base.Parser, token: template.base.Token) -> Around:
    """``{% around "aside" "rail" %}…{% endaround %}``: no empty boxes where a page leaves a block blank."""
    _name, element, classes = token.split_contents()
    nodelist = parser.parse(("endaround",))
    parser.delete_first_token()
    return Around(element.strip('"'), classes.strip('"'), nodelist)
