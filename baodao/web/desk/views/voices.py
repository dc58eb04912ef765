"""意见建议: what people left for the community, each answered by its date."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baodao.base.verdict import Refused
from baodao.domain.voices import selectors, services
from baodao.web.frame.answers import done, form_page, page_of
from baodao.web.frame.guard import audience


class AnswerForm(forms.Form):
    """The answer."""

    words = forms.CharField(label="答复", max_length=300, widget=forms.Textarea(attrs={"rows": 4}))


@audience("clerk", "secretary", methods=("GET", "HEAD"))
def listing(request: HttpRequest) -> HttpResponse:
    """Open ones first, by date."""
    page = page_of(request, selectors.listing(request.actor))  # type: ignore[attr-defined]
    return render(request, "desk/voices/listing.html", {"page": page})


@audience("clerk", "secretary")
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Read one, answer it, or say that it is about a person."""
    actor = request.actor  # type: ignore[attr-defined]
    suggestion = selectors.get_for(actor, code)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and "about_person" in request.POST:
        services.about_person(actor=actor, suggestion=suggestion)
        return done(request, "/desk/suggestions/", toast="涉及他人，内容已删除")
    if request.method == "POST" and form.is_valid():
        try:
            services.answer(actor=actor, suggestion=suggestion, words=form.cleaned_data["words"])
        except Refused as error:
            form.add_error("words", error.reason)
        else:
            return done(request, "/desk/suggestions/", toast="已答复")
    context = {"suggestion": suggestion, "form": form}
    return form_page(request, "desk/voices/answer.html", context, invalid=bool(form.errors))
