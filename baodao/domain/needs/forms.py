"""Input of needs: the resident's page, the desk's quick entry, triage and the telling."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baodao.base.text import phones
from baodao.base.text.controls import strip_controls
from baodao.base.text.free import code_of, find_ids
from baodao.domain.needs import rules
from baodao.domain.needs.states import Category, Grade, Source, Told, Urgency, Weight

_PHONE_FAULTS = {
    "lost_digits": gettext_lazy("号码被表格软件改成了科学记数，后面的数字已经丢失，重新写一遍。"),
    "phone": gettext_lazy("号码不完整。手机号是 11 位，固定电话要带区号，例如 0997-1234567。"),
}


class Plain(forms.CharField):
    """A line of text without direction controls; an identity number in it is refused."""

    def clean(self, value: Any) -> str:
        """The text, trimmed."""
        text = super().clean(strip_controls(str(value or "")))
        if find_ids(text):
            raise forms.ValidationError(_("里面有身份证号，删掉再提交。这里不需要身份证号。"), code="id_number")
        return str(text)


class Taken(Plain):
    """Words somebody reads later: emergencies and reports on a person are refused."""

    def clean(self, value: Any) -> str:
        """The words, when they are taken."""
        text = super().clean(value)
        verdict = rules.why_not_words(text)
        if not verdict.ok:
            raise forms.ValidationError(verdict.reason, code=code_of(text))
        return text


class Phone(forms.CharField):
    """A telephone number, or nothing; never a guess."""

    def __init__(self, *, area: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 30)
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)
        self.area = area

    def clean(self, value: Any) -> str:
        """Digits as they are stored."""
        text = super().clean(value)
        if not text:
            return ""
        reading = phones.normalise(text, self.area)
        if reading.fault is not None:
            raise forms.ValidationError(str(_PHONE_FAULTS[reading.fault]), code=reading.fault)
        return reading.digits


def _choices(kind: Any) -> list[tuple[str, Any]]:
    return [("", gettext_lazy("不选")), *kind.choices]


class NeedForm(forms.Form):
    """What a resident writes: one text; kind, place and contact may be left out."""

    text = Taken(
        label=gettext_lazy("您需要什么帮助？"),
        help_text=gettext_lazy("写清是什么事、在哪里、多久了。不要写身份证号和病情。"),
        max_length=rules.TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("写一写是什么事。")},
    )
    category = forms.ChoiceField(
        label=gettext_lazy("哪一类？"), choices=Category.choices, required=False, widget=forms.RadioSelect
    )
    place_detail = Plain(
        label=gettext_lazy("具体地点"), max_length=60, required=False,
        help_text=gettext_lazy("例：3 栋 2 单元门口。要上门才写门牌。"),
    )  # fmt: skip
    contact_name = Plain(
        label=gettext_lazy("怎么称呼您"), max_length=40, required=False, help_text=gettext_lazy("写“王阿姨”就行。"),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )  # fmt: skip
    contact_phone = Phone(
        label=gettext_lazy("电话"), help_text=gettext_lazy("只用来办这件事，办结 30 天后删除。"),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )  # fmt: skip

    def __init__(self, *args: Any, area: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact_phone"].area = area


class DeskForm(NeedForm):
    """The desk's entry: the same three things, the estate, the way it came, and perhaps weight and urgency at once."""

    field_order = (
        "text", "category", "estate", "place_detail", "contact_name", "contact_phone", "language_wish", "source",
        "weight", "urgency", "wished_on",
    )  # fmt: skip
    estate = forms.ChoiceField(label="小区", required=False)
    source = forms.ChoiceField(label="怎么来的", choices=[(s.value, s.label) for s in (Source.COUNTER, Source.PHONE, Source.DOOR)])
    weight = forms.ChoiceField(label="轻重", choices=[("", "先不定"), *Weight.choices], required=False)
    urgency = forms.ChoiceField(label="缓急", choices=[("", "先不定"), *Urgency.choices], required=False)
    wished_on = forms.DateField(
        label="希望哪天", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    language_wish = Plain(label="用什么话方便", max_length=10, required=False)

    def __init__(self, *args: Any, estates: list[Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label, self.fields["text"].help_text = "什么事", ""
        self.fields["text"].widget.attrs.update({"rows": 3})
        for name, label in (("contact_name", "称呼"), ("contact_phone", "电话"), ("place_detail", "具体地点")):
            self.fields[name].label, self.fields[name].help_text = label, ""
        self.fields["category"] = forms.ChoiceField(label="类别", choices=_choices(Category), required=False)
        self.fields["estate"].choices = [("", "不写"), *((e.code, e.name) for e in estates or [])]
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """Weight and urgency are said together or not at all."""
        found = super().clean() or {}
        if bool(found.get("weight")) != bool(found.get("urgency")):
            self.add_error("weight" if not found.get("weight") else "urgency", "轻重和缓急要么都选，要么都先不定。")
        return found


class TriageForm(forms.Form):
    """Weight, urgency, the wished date and, with a reason, another tier."""

    weight = forms.ChoiceField(label="轻重", choices=Weight.choices, widget=forms.RadioSelect)
    urgency = forms.ChoiceField(label="缓急", choices=Urgency.choices, widget=forms.RadioSelect)
    category = forms.ChoiceField(label="类别", choices=_choices(Category), required=False)
    wished_on = forms.DateField(
        label="希望哪天", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    tier = forms.ChoiceField(
        label="按哪一档办", required=False,
        choices=[("", "按轻重缓急算"), ("urgent", "急"), ("important", "重"), ("ordinary", "轻"), ("can_wait", "缓")],
    )  # fmt: skip
    tier_reason = forms.CharField(label="为什么改档", max_length=60, required=False)


class ReferForm(forms.Form):
    """To whom, and what the asker reads."""

    to = forms.CharField(label="转给谁办", max_length=40)
    words = forms.CharField(label="告诉对方的话", max_length=120)


class WordsForm(forms.Form):
    """One sentence the asker reads."""

    words = forms.CharField(label="告诉对方的话", max_length=120, widget=forms.Textarea(attrs={"rows": 2}))


class FinishForm(forms.Form):
    """What came of it; and what the board may say of it, naming nobody."""

    outcome = forms.CharField(label="结果", max_length=120, widget=forms.Textarea(attrs={"rows": 2}))
    public_words = forms.CharField(
        label="公示栏上写什么", max_length=80, required=False, help_text="不写就不公示。不写人名和门牌。"
    )


class ToldForm(forms.Form):
    """How the asker was told."""

    told = forms.ChoiceField(label="怎么告知的", choices=Told.choices, widget=forms.RadioSelect)
    solved = forms.BooleanField(label="对方说解决了", required=False)


class RateForm(forms.Form):
    """A grade and perhaps a word about the service."""

    grade = forms.ChoiceField(label=gettext_lazy("这次办得怎么样？"), choices=Grade.choices, widget=forms.RadioSelect)
    words = forms.CharField(label=gettext_lazy("想说的话"), max_length=120, required=False)
