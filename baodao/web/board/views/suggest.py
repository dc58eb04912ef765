"""意见建议: anybody leaves a word, gets a number and an answer by a date."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from baodao.base.actor import PUBLIC
from baodao.base.verdict import Refused
from baodao.domain.accounts import selectors as accounts
from baodao.domain.audit.services import KeyUsed, form_key
from baodao.domain.needs import numbers, rules
from baodao.domain.needs import services as needs
from baodao.domain.orgs import selectors as orgs
from baodao.domain.voices import selectors, services
from baodao.web.board.views.need import too_many
from baodao.web.frame import keys
from baodao.web.frame.answers import form_page
from baodao.web.frame.guard import public


class SuggestForm(forms.Form):
    """To whom, and the words."""

    path = forms.ChoiceField(label=gettext_lazy("给谁"))
    text = forms.CharField(
        label=gettext_lazy("你的意见"),
        help_text=gettext_lazy("说说办事、服务、公共地方哪里可以更好。不用留名字。"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("写一写你的意见。")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = []
        for town in orgs.towns():
            choices += [(c.path, c.name) for c in orgs.communities(town.path)] + [(town.path, town.name)]
        self.fields["path"].choices = choices


@public
@never_cache
@keys.finds_again
def write(request: HttpRequest) -> HttpResponse:
    """The form; after sending, the number with which the answer is read."""
    actor = request.actor  # type: ignore[attr-defined]
    community = orgs.community_by_code(request.GET.get("c", ""))
    form = SuggestForm(request.POST or None, initial={"path": community.path if community else actor.path})
    if request.method == "POST" and form.is_valid():
        prefix = accounts.prefix_of(request.META.get("REMOTE_ADDR", ""))
        if accounts.tries("raised", rules.RAISING_WINDOW, prefix=prefix) >= rules.RAISED_PER_WINDOW:
            return too_many(request)
        try:
            made = services.suggest(actor=PUBLIC, prefix=prefix, **form.cleaned_data)
        except KeyUsed as used:
            return _number_page(selectors.by_code(used.result))
        except Refused as error:
            form.add_error("text", error.reason)
        else:
            return _number_page(made)
    return form_page(request, "board/suggest/write.html", {"form": form}, invalid=bool(form.errors))


def _number_page(made: Any) -> HttpResponse:
    response = HttpResponseRedirect(reverse("board:suggestion", args=[made.number]))
    response.status_code = 303
    return response


@public
@never_cache
def answer(request: HttpRequest, number: str = "") -> HttpResponse:
    """The answer of a number: state, date and the answer, not the words that were left."""
    wanted = numbers.read_number(request.POST.get("number", "") or number)
    prefix = accounts.prefix_of(request.META.get("REMOTE_ADDR", ""))
    if accounts.prefix_held_back(prefix):
        return too_many(request)
    found = selectors.by_number(wanted)
    asked = request.method == "POST" or bool(number)
    if found is None and asked:
        token = form_key.set(None)
        needs.note_wrong(prefix=prefix, number=wanted, secret=False)
        form_key.reset(token)
    if found is not None:
        request.help_path = found.path  # type: ignore[attr-defined]
    context = {"suggestion": found, "wrong": asked and found is None, "number": request.POST.get("number", number)}
    return render(request, "board/suggest/answer.html", context, status=422 if context["wrong"] else 200)
