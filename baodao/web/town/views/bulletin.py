"""T5: the bulletin is the screen; every number opens to its rows; words are edited, numbers never."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baodao.base.verdict import Absent, Refused
from baodao.domain.documents import selectors as documents
from baodao.domain.months import issuing, selectors, services
from baodao.domain.months.reading import reading
from baodao.domain.months.sections import WRITTEN
from baodao.web.frame.answers import done, file
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
    problem = ""
    if request.method == "POST":
        words = {key: request.POST.get(key, "") for key in WRITTEN}
        try:
            services.edit_bulletin(
                actor=actor, bulletin=bulletin, version=int(request.POST.get("version") or 0), words=words
            )
        except Refused as error:
            problem, bulletin.words = error.reason, {**bulletin.words, **words}
        else:
            return done(request, f"/town/bulletin/{code}/", toast="已保存")
    fields = [(key, heading, bulletin.words.get(key, "")) for key, heading in WRITTEN.items()]
    context = {"bulletin": bulletin, "fields": fields, "problem": problem}
    return render(request, "town/bulletin/edit.html", context, status=422 if problem else 200)


@audience("town", methods=("POST",))
def submit(request: HttpRequest, code: str) -> HttpResponse:
    """Send to the signer."""
    actor = request.actor  # type: ignore[attr-defined]
    services.submit_bulletin(actor=actor, bulletin=selectors.get_for(actor, code))
    return done(request, f"/town/bulletin/{code}/", toast="已送签")


@audience("townlead", methods=("POST",))
def send_back(request: HttpRequest, code: str) -> HttpResponse:
    """Return with an opinion."""
    actor = request.actor  # type: ignore[attr-defined]
    opinion = request.POST.get("opinion", "")
    services.return_bulletin(actor=actor, bulletin=selectors.get_for(actor, code), opinion=opinion)
    return done(request, f"/town/bulletin/{code}/", toast="已退回")


@audience("townlead", methods=("POST",))
def sign(request: HttpRequest, code: str) -> HttpResponse:
    """Sign: number, archive, delivery to the units."""
    actor = request.actor  # type: ignore[attr-defined]
    bulletin = services.sign_bulletin(actor=actor, bulletin=selectors.get_for(actor, code))
    issuing.issue(actor=actor, bulletin=bulletin)
    return done(request, f"/town/bulletin/{code}/", toast=f"已签发，编号 {bulletin.document.number}，已发到单位和社区")


@audience(*TOWN)
def preview(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The paper as it would be, before it is signed."""
    bulletin = selectors.get_for(request.actor, code)  # type: ignore[attr-defined]
    if form not in ("docx", "pdf"):
        raise Absent
    return file(issuing.render(bulletin, form), f"通报草稿{bulletin.month}.{form}", inline=form == "pdf")


@audience(*TOWN, "secretary", "clerk")
def copy(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """An archived copy of a signed bulletin."""
    bulletin = selectors.get_for(request.actor, code)  # type: ignore[attr-defined]
    if bulletin.document is None:
        raise Absent
    content = documents.copy_bytes(bulletin.document, form)
    return file(content, f"{bulletin.document.title}.{form.rsplit('.', 1)[-1]}")
