"""M4: which posts I hold, what I promise for them, which times are fixed. The secretary reads a promise before it hangs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baodao.base.verdict import Refused
from baodao.domain.members import selectors as members
from baodao.domain.members import services as ledger
from baodao.domain.posts import rules, selectors, services
from baodao.domain.posts.states import CommitmentState
from baodao.web.frame.answers import done
from baodao.web.frame.guard import audience
from baodao.web.mine.forms import PromiseForm

WORKING = (CommitmentState.DRAFTED, CommitmentState.RETURNED)
LIVE = (*WORKING, CommitmentState.SUBMITTED, CommitmentState.SHOWN, CommitmentState.ADJUSTED)


@audience("member", methods=("GET", "HEAD"))
def posts(request: HttpRequest) -> HttpResponse:
    """My posts and promises, and the posts one can hold here."""
    actor = request.actor  # type: ignore[attr-defined]
    home = members.community_of(members.myself(actor)).path
    context = {
        "claims": selectors.claims_of(actor),
        "promises": list(selectors.commitments_visible(actor)),
        "fixings": list(selectors.fixings_visible(actor)),
        "posts": list(selectors.visible(actor).filter(community_path=home)),
    }
    return render(request, "mine/promises/posts.html", context)


@audience("member", methods=("GET", "HEAD"))
def post(request: HttpRequest, code: str) -> HttpResponse:
    """One post: duties, quality, times; hold it, promise for it."""
    actor = request.actor  # type: ignore[attr-defined]
    found = selectors.get_for(actor, code)
    mine = selectors.commitments_visible(actor).filter(post=found)
    context = {
        "post": found,
        "claim": next((one for one in selectors.claims_of(actor) if one.post_id == found.pk), None),
        "promise": mine.filter(state__in=LIVE).first(),
    }
    return render(request, "mine/promises/post.html", context)


@audience("member", methods=("POST",))
def claim(request: HttpRequest, code: str) -> HttpResponse:
    """Ask to hold a post for longer."""
    actor = request.actor  # type: ignore[attr-defined]
    services.claim(actor=actor, post=selectors.get_for(actor, code), member=members.myself(actor))
    return done(request, f"/me/posts/{code}/", toast="社区确认后告诉你")


@audience("member", methods=("POST",))
def end_claim(request: HttpRequest, code: str) -> HttpResponse:
    """Give a post up."""
    actor = request.actor  # type: ignore[attr-defined]
    services.end_claim(actor=actor, claim=selectors.claim_for(actor, code))
    return done(request, "/me/posts/", toast="退出了，不影响什么")


@audience("member")
def write(request: HttpRequest, code: str) -> HttpResponse:
    """Write or mend a promise, choose how my name hangs, and hand it in."""
    actor = request.actor  # type: ignore[attr-defined]
    found, member = selectors.get_for(actor, code), members.myself(actor)
    held = selectors.commitments_visible(actor).filter(post=found, state__in=WORKING).first()
    form = PromiseForm(request.POST or None, initial=PromiseForm.initial_of(found, held, member), member=member)
    if request.method == "POST" and form.is_valid():
        try:
            _hand_in(actor, found, held, member, form.cleaned_data)
        except Refused as error:
            form.add_error(None, error.reason)
        else:
            return done(request, "/me/posts/", toast="交给书记看，看过就贴出来")
    vague = form.is_bound and form.is_valid() and rules.is_vague(form.cleaned_data["goal"], form.cleaned_data["when"])
    context = {"post": found, "form": form, "held": held, "vague": vague}
    return render(request, "mine/promises/write.html", context, status=422 if form.errors else 200)


def _hand_in(actor: object, post: object, held: object, member: object, values: dict[str, str]) -> None:
    said = {key: values[key] for key in ("goal", "when", "quality")}
    if held is None:
        held = services.draft_commitment(actor=actor, post=post, member=member, **said)
    else:
        held = services.change_commitment(actor=actor, commitment=held, version=held.version, **said)
    ledger.set_name_form(actor=actor, member=member, name_form=values["name_form"])
    services.submit_commitment(actor=actor, commitment=held)


@audience("member", methods=("POST",))
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Take a promise back."""
    actor = request.actor  # type: ignore[attr-defined]
    services.withdraw_commitment(actor=actor, commitment=selectors.commitment_for(actor, code))
    return done(request, "/me/posts/", toast="撤回了，会从宣传栏拿下来")


@audience("member", methods=("POST",))
def accept_fixing(request: HttpRequest, code: str) -> HttpResponse:
    """Agree to a fixed time."""
    actor = request.actor  # type: ignore[attr-defined]
    services.accept_fixing(actor=actor, fixing=selectors.fixing_for(actor, code))
    return done(request, "/me/posts/", toast="定下来了，以后排班先排你这个时间")


@audience("member", methods=("POST",))
def end_fixing(request: HttpRequest, code: str) -> HttpResponse:
    """End (or not agree to) a fixed time."""
    actor = request.actor  # type: ignore[attr-defined]
    services.end_fixing(actor=actor, fixing=selectors.fixing_for(actor, code))
    return done(request, "/me/posts/", toast="不固定了")
