"""Input about members: a new person, amendments, what a member offers, moves, looks. Cleaned through ``base.text``."""

from __future__ import annotations

from typing import Any

from django import forms

from baodao.base.days.service_days import SLOT_DAYS, SLOT_PARTS, SLOTS
from baodao.base.text import names, phones
from baodao.base.text.controls import strip_controls
from baodao.base.text.free import find_ids
from baodao.domain.members import skills
from baodao.domain.members.reading import LANGUAGES, WISHES
from baodao.domain.members.states import MemberKind, NameForm, PauseReason, SkillLevel


class Words(forms.CharField):
    """A short free text: no invisible signs, no identity number."""

    def clean(self, value: Any) -> str:
        """The text, its spaces made single."""
        text = " ".join(strip_controls(super().clean(value) or "").split())
        if find_ids(text):
            raise forms.ValidationError("不要填写身份证号，删去再保存。")
        return text


class NameField(forms.CharField):
    """A person's name in its regular form."""

    def clean(self, value: Any) -> str:
        """Dots and spaces made regular."""
        try:
            name = names.normalise(super().clean(value) or "")
        except names.NameTooLong as error:
            raise forms.ValidationError(f"{error}。") from None
        if self.required and not name:
            raise forms.ValidationError("写上姓名。")
        return name


class PhoneField(forms.CharField):
    """A telephone number, stored as digits."""

    def clean(self, value: Any) -> str:
        """The digits, or nothing."""
        read = phones.normalise(super().clean(value) or "")
        if read.fault == "missing":
            return ""
        if not read.ok:
            raise forms.ValidationError(f"{read.message}。{read.suggestion}。")
        return read.digits


class RecordForm(forms.Form):
    """What the community keeps about a person. Choices of organisations are given by the view."""

    name = NameField(label="姓名", max_length=120)
    phone = PhoneField(label="联系电话", required=False, max_length=30)
    job_title = Words(label="职务", required=False, max_length=40)
    party_org_name = Words(label="所在党组织", required=False, max_length=60)
    estate = forms.ChoiceField(label="小区", required=False, help_text="写到小区为止，不记门牌")
    home_community = Words(label="居住社区", required=False, max_length=60)
    team_name = Words(label="编入队伍", required=False, max_length=40)
    note = Words(label="备注", required=False, max_length=120, help_text="不写健康、信仰、家庭和看法")

    def __init__(self, *args: Any, estates: list[tuple[str, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["estate"].choices = [("", "不写"), *(estates or [])]


class NewPersonForm(RecordForm):
    """One person onto the ledger of a community."""

    kind = forms.ChoiceField(label="类别", choices=MemberKind.choices, initial=MemberKind.IN_SERVICE)
    unit = forms.ChoiceField(label="工作单位", required=False, help_text="在职党员必选")
    reported_on = forms.DateField(label="报到时间", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    field_order = ("name", "kind", "unit", "phone", "job_title", "party_org_name", "estate", "reported_on", "team_name", "note")

    def __init__(self, *args: Any, units: list[tuple[str, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", "选单位"), *(units or [])]
        del self.fields["home_community"]

    def clean(self) -> dict[str, Any]:
        """In-service members have a unit."""
        data = super().clean() or {}
        if data.get("kind") == MemberKind.IN_SERVICE and not data.get("unit"):
            self.add_error("unit", "在职党员要选工作单位；社区的党员类别选“社区”。")
        return data


class ChangeForm(RecordForm):
    """Amendments of one person; the telephone has a page of its own."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["phone"]


class OffersForm(forms.Form):
    """What a member offers and wishes; filled by the member, or by the clerk for a member who asked."""

    slots = forms.MultipleChoiceField(
        label="可服务时间", required=False, choices=list(SLOTS.items()), widget=forms.CheckboxSelectMultiple
    )
    max_per_month = forms.IntegerField(label="每月最多几次", min_value=0, max_value=31)
    target_per_year = forms.IntegerField(label="一年想做几次", min_value=0, max_value=366, help_text="0 就是随缘，没有指标")
    takes_offers = forms.BooleanField(label="可以推荐合适的岗位给我", required=False)
    far_ok = forms.BooleanField(label="也愿意去邻近社区", required=False)
    skills = forms.MultipleChoiceField(label="特长", required=False, widget=forms.CheckboxSelectMultiple)
    certified = forms.MultipleChoiceField(label="其中持证的", required=False, widget=forms.CheckboxSelectMultiple)
    other_skills = Words(label="别的特长", required=False, max_length=80, help_text="用顿号分开")
    wishes = forms.MultipleChoiceField(
        label="服务意向", required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(code, words[0]) for code, words in WISHES.items()],
    )
    languages = forms.MultipleChoiceField(
        label="服务语言", required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(code, words[0]) for code, words in LANGUAGES.items()],
        help_text="愿意用来服务的语言，只在本人这一页看得到",
    )
    name_form = forms.ChoiceField(label="公示时写", choices=NameForm.choices, widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("skills", "certified"):
            self.fields[name].choices = list(skills.LABELS.items())

    def skill_pairs(self) -> list[tuple[str, str]]:
        """(leaf, level) of what was ticked: a certificate implies the skill."""
        ticked, held = self.cleaned_data["skills"], set(self.cleaned_data["certified"])
        both = dict.fromkeys([*ticked, *self.cleaned_data["certified"]])
        return [(code, SkillLevel.CERTIFIED if code in held else SkillLevel.CAN) for code in both]

    def skill_words(self) -> list[str]:
        """What no leaf means, as written."""
        return [part[:40] for part in self.cleaned_data["other_skills"].replace("，", "、").split("、") if part.strip()]


class PhoneForm(forms.Form):
    """Another telephone number, or none."""

    phone = PhoneField(label="新的号码", required=False, max_length=30, help_text="空着就是删去号码")


class ReasonForm(forms.Form):
    """Why somebody looks at a number in clear."""

    reason = Words(label="为什么看", min_length=2, max_length=60)


class DaysForm(forms.Form):
    """Days on which a member cannot come."""

    first = forms.DateField(label="从哪天", widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label="到哪天", widget=forms.DateInput(attrs={"type": "date"}))


class TransferForm(forms.Form):
    """To which community, from which day."""

    community = forms.ChoiceField(label="调到哪个社区")
    on = forms.DateField(label="从哪天", required=False, widget=forms.DateInput(attrs={"type": "date"}), help_text="空着就是今天")

    def __init__(self, *args: Any, communities: list[tuple[str, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["community"].choices = communities or []


class EmployerForm(forms.Form):
    """To which unit, from which day."""

    unit = forms.ChoiceField(label="新的工作单位")
    on = forms.DateField(label="从哪天", required=False, widget=forms.DateInput(attrs={"type": "date"}), help_text="空着就是今天")

    def __init__(self, *args: Any, units: list[tuple[str, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units or []


class PauseForm(forms.Form):
    """Why a member rests: a code, no medical word."""

    reason = forms.ChoiceField(label="为什么", choices=PauseReason.choices)


class UploadForm(forms.Form):
    """A ledger file."""

    file = forms.FileField(label="名单文件", help_text=".xlsx、.xls 或 .csv，20 MB 以内")


SLOT_TABLE = [(label, [(f"{day}_{part}", word) for part, word in SLOT_PARTS.items()]) for day, label in SLOT_DAYS.items()]
