"""T5: the bulletin is the screen; every number opens to its rows; words are edited, numbers never."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baodao.base.verdict import Absent, Refused
from baodao.domain.documents import selectors as documents
from baodao.domain.months import issuing, selectors, services
from baodao.domain.months.forms import WordsForm
from baodao.domain.months.reading import reading
from baodao.web.frame.answers import done, file, form_page
from baodao.web.frame.guard import audience

TOWN = ("town", "townlead")


@audience(*TOWN)
def show(request: HttpRequest, code: str) -> HttpResponse:
    """The document with its figures, words, checks and what comes next."""
    bulletin = selectors.get_for(request.actor, code)  # type: ignore[attr-defined]
    return render(request, "town/bulletin/show.html", reading(bulletin))


@audience("town")
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change the words of a draft."""
    actor = request.actor  # type: ignore[attr-defined]
    bulletin = selectors.get_for(actor, code)
    form = WordsForm(request.POST or None, initial={**bulletin.words, "version": bulletin.version})
    if request.method == "POST" and form.is_valid():
        version, words = form.cleaned_data["version"], form.words()
        try:
            services.edit_bulletin(actor=actor, bulletin=bulletin, version=version, words=words)
        except Refused as error:
            form.add_error(None, error.reason)
        else:
            return done(request, f"/town/bulletin/{code}/", toast="已保存")
    return form_page(request, "town/bulletin/edit.html", {"bulletin": bulletin, "form": form}, invalid=form.is_bound)


@audience("town", methods=("POST",))
def submit(request: HttpRequest, code: str) -> HttpResponse:
    """Send to the signer."""
    actor = request.actor  # type: ignore[attr-defined]
    services.submit_bulletin(actor=actor, bulletin=selectors.get_for(actor, code))
    return done(request, f"/town/bulletin/{code}/", toast="已送签")


@audience("townlead", methods=("POST",))
def send_back(request: HttpRequest, code: str) -> HttpResponse:
    """Return with an opinion; without one the page comes back with the reason at the field."""
    actor = request.actor  # type: ignore[attr-defined]
    bulletin, opinion = selectors.get_for(actor, code), request.POST.get("opinion", "")
    try:
        services.return_bulletin(actor=actor, bulletin=bulletin, opinion=opinion)
    except Refused as error:
        context = {**reading(bulletin), "problem": error.reason, "opinion": opinion}
        return render(request, "town/bulletin/show.html", context, status=422)
    return done(request, f"/town/bulletin/{code}/", toast="已退回，拟稿人会看到意见")


@audience("townlead", methods=("POST",))
def sign(request: HttpRequest, code: str) -> HttpResponse:
    """Sign: number, archive, delivery to the units."""
    actor = request.actor  # type: ignore[attr-defined]
    signed = services.sign_bulletin(actor=actor, bulletin=selectors.get_for(actor, code))
    issuing.issue(actor=actor, bulletin=signed)
    return done(request, f"/town/bulletin/{code}/", toast=f"已签发，编号 {signed.document.number}，已发到单位和社区")


@audience(*TOWN)
def preview(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The paper as it would be, before it is signed, in one of the forms that will be archived."""
    bulletin = selectors.get_for(request.actor, code)  # type: ignore[attr-defined]
    name = f"通报{'公开版' if form.startswith('public') else ''}草稿{bulletin.month}.{form.rsplit('.', 1)[-1]}"
    return file(issuing.render(bulletin, form), name, inline=form.endswith("pdf"))


@audience(*TOWN, "secretary", "clerk")
def copy(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """An archived copy of a signed bulletin."""
    bulletin = selectors.get_for(request.actor, code)  # type: ignore[attr-defined]
    if bulletin.document is None:
        raise Absent
    content = documents.copy_bytes(bulletin.document, form)
    return file(content, f"{bulletin.document.title}.{form.rsplit('.', 1)[-1]}")
