"""A select is the same HTML as from Django's templates, whatever stands in it."""

from __future__ import annotations

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from baodao.web.frame.renderer import Renderer

CHOICES = [("", "不选"), ("a&b", '<b>"甲"'), (7, "七"), (1234, 5678), ("s", mark_safe("<i>ok</i>")), (None, gettext_lazy("全部")),
           ("组 <1>", [("x", "一"), ("y'", "二")])]  # fmt: skip


@pytest.mark.parametrize("value", ["", "a&b", 7, "y'", None])
@pytest.mark.parametrize("widget", [forms.Select, forms.SelectMultiple, forms.NullBooleanSelect])
def test_it_is_what_django_makes(widget, value):
    made = widget(attrs={"class": "form-select", "data-x": '"<&', "required": True, "disabled": False})
    if widget is not forms.NullBooleanSelect:
        made.choices = CHOICES
    asked = [value] if widget is forms.SelectMultiple else value
    ours, theirs = (made.render("na<me", asked, attrs={"id": "id_x"}, renderer=one()) for one in (Renderer, DjangoTemplates))
    assert ours == theirs


def test_a_widget_with_options_of_its_own_keeps_them():
    class Own(forms.Select):
        option_template_name = "django/forms/widgets/attrs.html"

    made = Own(choices=[("a", "甲")])
    assert made.render("x", "a", renderer=Renderer()) == made.render("x", "a", renderer=DjangoTemplates())
