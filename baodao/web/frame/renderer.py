"""Widgets as Django renders them, but a select without a template for each of its options: a list of hundreds costs no second."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

SELECT, OPTION = "django/forms/widgets/select.html", "django/forms/widgets/select_option.html"


class Renderer(DjangoTemplates):
    """Django's own, with one short cut."""

    def render(self, template_name: str, context: Mapping[str, Any], request: Any = None) -> SafeString:
        """A widget's HTML; a select's is the same as from its templates."""
        if template_name == SELECT and all(one["template_name"] == OPTION for one in _options(context["widget"])):
            return _select(context["widget"])
        return super().render(template_name, context, request)  # type: ignore[no-any-return]


def _options(widget: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for _name, options, _index in widget["optgroups"]:
        yield from options


def _attributes(attrs: Mapping[str, Any]) -> str:
    return "".join(
        f" {conditional_escape(name)}" if value is True else f' {conditional_escape(name)}="{conditional_escape(str(value))}"'
        for name, value in attrs.items()
        if value is not False
    )


def _select(widget: Mapping[str, Any]) -> SafeString:
    parts = [f'<select name="{conditional_escape(widget["name"])}"{_attributes(widget["attrs"])}>']
    for group, options, _index in widget["optgroups"]:
        if group:
            parts.append(format_html('\n  <optgroup label="{}">', group))
        for one in options:
            value, label = conditional_escape(str(one["value"])), conditional_escape(one["label"])
            parts.append(f'\n  <option value="{value}"{_attributes(one["attrs"])}>{label}</option>\n')
        if group:
            parts.append("\n  </optgroup>")
    return mark_safe("".join([*parts, "\n</select>"]))  # noqa: S308 - every part is escaped above
