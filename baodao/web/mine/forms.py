"""What a member writes on the phone: a promise, times and how often, skills, days that do not work, the form of the name."""

from __future__ import annotations

from typing import Any

from django import forms

from baodao.base.days.service_days import SLOTS
from baodao.domain.members import selectors as members
from baodao.domain.members.reading import LANGUAGES
from baodao.domain.members.skills import LABELS, TREE
from baodao.domain.members.states import NameForm, PauseReason, SkillLevel
from baodao.domain.posts.states import PostKind

SPOKEN = [(code, words[0]) for code, words in LANGUAGES.items()]
MAX_SKILLS = 8


def _text(label: str, most: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.TextInput(attrs={"class": "form-control"}), **more)


class PromiseForm(forms.Form):
    """Goal, time, quality, and in which form the name hangs on the board."""

    goal = _text("做到什么", 80)
    when = _text("什么时候", 60)
    quality = _text("做到多好", 80)
    name_form = forms.ChoiceField(label="宣传栏上怎么写你", widget=forms.RadioSelect)

    def __init__(self, *args: Any, member: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name_form"].choices = [  # type: ignore[attr-defined]
            (form, _name_in(member, form) or "只写岗位") for form in NameForm.values
        ]

    @staticmethod
    def initial_of(post: Any, held: Any, member: Any) -> dict[str, str]:
        """What stands there first: the promise being mended, or the post's own standard."""
        if held is not None:
            return {"goal": held.goal, "when": held.when, "quality": held.quality, "name_form": member.name_form}
        return {"goal": post.duties[:80], "when": "", "quality": post.quality[:80], "name_form": member.name_form}


def _name_in(member: Any, form: str) -> str:
    """The member's name in one of the three forms."""
    now, member.name_form = member.name_form, form
    try:
        return members.shown_name(member)
    finally:
        member.name_form = now


class TimeForm(forms.Form):
    """When, how often, how far, which kinds."""

    slots = forms.MultipleChoiceField(
        label="什么时候有空", choices=list(SLOTS.items()), widget=forms.CheckboxSelectMultiple, required=False,
        help_text="一个都不勾，就当下班后和休息日都行",
    )
    wishes = forms.MultipleChoiceField(
        label="想做哪类", choices=PostKind.choices, widget=forms.CheckboxSelectMultiple, required=False,
        help_text="一个都不勾，就当都可以",
    )
    max_per_month = forms.IntegerField(
        label="一个月最多几次", min_value=0, max_value=31, widget=forms.NumberInput(attrs={"class": "form-control short"})
    )
    target_per_year = forms.IntegerField(
        label="今年想做几次", min_value=0, max_value=200, help_text="你自己定，不考核；0 是没有想法",
        widget=forms.NumberInput(attrs={"class": "form-control short"}),
    )
    takes_offers = forms.BooleanField(label="有合适的可以来问我", required=False)
    far_ok = forms.BooleanField(label="邻近社区也行", required=False)


class SkillsForm(forms.Form):
    """Specialities with how well, and the languages the member offers."""

    skills = forms.MultipleChoiceField(
        label="会做什么", choices=list(LABELS.items()), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=f"最多选 {MAX_SKILLS} 样",
    )
    certified = forms.MultipleChoiceField(
        label="填过的里面，哪些有证", choices=list(LABELS.items()), widget=forms.CheckboxSelectMultiple, required=False
    )
    languages = forms.MultipleChoiceField(
        label="可以用哪些话服务", choices=SPOKEN, widget=forms.CheckboxSelectMultiple, required=False,
        help_text="只在你自己这一页看得到，只用来对上一个岗位",
    )

    def __init__(self, *args: Any, known: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if known:
            self.fields["certified"].choices = [(code, LABELS[code]) for code in known if code in LABELS]  # type: ignore[attr-defined]
        else:
            del self.fields["certified"]

    def groups(self) -> list[dict[str, Any]]:
        """The tree as folds: name, options with their ticks, how many are ticked."""
        chosen = {str(value) for value in self["skills"].value() or ()}
        return [
            {
                "name": name,
                "leaves": [(code, words[0], code in chosen) for code, words in leaves.items()],
                "count": sum(code in chosen for code in leaves),
            }
            for name, leaves in TREE.items()
        ]

    def clean_skills(self) -> list[str]:
        """Not more than one can honestly offer."""
        chosen = self.cleaned_data["skills"]
        if len(chosen) > MAX_SKILLS:
            raise forms.ValidationError(f"选了 {len(chosen)} 样，最多 {MAX_SKILLS} 样。")
        return chosen

    def levels(self, known: dict[str, str]) -> list[tuple[str, str]]:
        """(skill, level): certified where ticked, otherwise the level that stood there."""
        sure = set(self.cleaned_data.get("certified", ()))
        before = {code: level for code, level in known.items() if level != SkillLevel.CERTIFIED}
        return [
            (code, SkillLevel.CERTIFIED if code in sure else before.get(code, SkillLevel.CAN))
            for code in self.cleaned_data["skills"]
        ]


class NameFormForm(forms.Form):
    """In which form the name hangs on a board."""

    name_form = forms.ChoiceField(label="宣传栏上怎么写你", choices=NameForm.choices, widget=forms.RadioSelect)


class DaysForm(forms.Form):
    """Days on which I cannot come."""

    first = forms.DateField(label="从哪天", widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}))
    last = forms.DateField(label="到哪天", widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}))


class RestForm(forms.Form):
    """Rest for a while: a code, no medical word."""

    reason = forms.ChoiceField(label="原因", choices=PauseReason.choices, widget=forms.RadioSelect)
