"""Input of the month: the words of a bulletin, and what a town chooses about its papers."""

from __future__ import annotations

from typing import Any

from django import forms

from baodao.base.verdict import Refused
from baodao.domain.months.sections import LIMIT, WRITTEN, clean_words


class WordsForm(forms.Form):
    """One field for each section that a person writes; numbers are in none of them."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, heading in WRITTEN.items():
            area = forms.Textarea(attrs={"class": "form-control", "rows": 3, "maxlength": LIMIT})
            self.fields[key] = forms.CharField(label=heading, max_length=LIMIT, required=False, widget=area)
        self.fields["good"].help_text = "写到人要先问过本人。"

    def clean(self) -> dict[str, Any]:
        """The same checks as the service, said at the field."""
        values = super().clean() or {}
        try:
            clean_words({key: values.get(key, "") for key in WRITTEN})
        except Refused as error:
            self.add_error(error.code if error.code in self.fields else None, error.reason)
        return values

    def words(self) -> dict[str, str]:
        """The written sections."""
        return {key: self.cleaned_data[key] for key in WRITTEN}


class ChoicesForm(forms.Form):
    """Who issues the month's papers and how the issuer is written; the order of names on lists."""

    KEYS = ("issued_by", "issuer", "document_word", "name_order")
    issued_by = forms.ChoiceField(label="月计划由谁发给单位", widget=forms.RadioSelect,
                                  choices=[("town", "镇里统一发"), ("community", "各社区自己发")])
    issuer = forms.CharField(label="发文机关全称", max_length=40, required=False,
                             help_text="印在通报最上面。空着就写“中共××镇委员会”。",
                             widget=forms.TextInput(attrs={"class": "form-control mid"}))
    document_word = forms.CharField(label="发文机关代字", max_length=10, help_text="发文字号里〔年〕前面的字，例如 示党。",
                                    widget=forms.TextInput(attrs={"class": "form-control short"}))
    name_order = forms.ChoiceField(label="名单次序", widget=forms.RadioSelect,
                                   choices=[("surname", "按姓氏笔画为序"), ("name", "按姓名笔画为序")])
