"""Filters of the audit list."""

from __future__ import annotations

from django import forms


class EntryFilter(forms.Form):
    """Days, kind of deed, public code."""

    first = forms.DateField(label="从", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label="到", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    what = forms.CharField(label="做了什么", required=False, max_length=60)
    code = forms.CharField(label="编号", required=False, max_length=40)
