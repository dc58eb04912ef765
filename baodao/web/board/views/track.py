"""Where is my matter: the code alone shows state, kind and due time; code and secret show the words and every deed.

Nothing of it stands in an address: forms post, and each deed carries a signed ticket that lives as long as its form.
"""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from baodao.base.actor import PUBLIC
from baodao.base.verdict import Refused
from baodao.domain.accounts import selectors as accounts
from baodao.domain.audit import selectors as audit
from baodao.domain.audit.services import form_key
from baodao.domain.needs import numbers, rules, selectors, services
from baodao.domain.needs.states import OPEN, Grade, NeedState, public_state
from baodao.web.board.views.need import too_many
from baodao.web.frame import keys
from baodao.web.frame.guard import public

_SALT = "baodao.track"


@public
@never_cache
def track(request: HttpRequest) -> HttpResponse:
    """Ask for the code; show what the code, or code and secret, open; do what the asker wants."""
    if request.method != "POST":
        return render(request, "board/track/ask.html", {})
    prefix = accounts.prefix_of(request.META.get("REMOTE_ADDR", ""))
    written, secret = request.POST.get("code", ""), request.POST.get("secret", "").strip()
    number = numbers.read_number(written)
    if accounts.prefix_held_back(prefix) or _closed(number):
        return too_many(request)
    need = selectors.by_number(number)
    if need is not None and _has_ticket(need, request.POST.get("ticket", "")):
        return _open(request, need)
    if secret:
        if numbers.is_secret(need.secret_hash if need else "", secret) and need is not None:
            return _open(request, need)
        return _wrong(request, prefix, number, secret=True)
    return _by_code(request, need) if need is not None else _wrong(request, prefix, number, secret=False)


def _closed(number: str) -> bool:
    """Ten wrong secrets close a code for an hour, whether it exists or not."""
    return bool(number) and accounts.tries("secret", rules.SECRET_WINDOW, subject=number) >= rules.SECRETS_PER_CODE


def _wrong(request: HttpRequest, prefix: str, number: str, *, secret: bool) -> HttpResponse:
    """A wrong code and a wrong secret are answered alike; the form's key stays unused."""
    token = form_key.set(None)
    try:
        services.note_wrong(prefix=prefix, number=number, secret=secret)
    finally:
        form_key.reset(token)
    words = _("编号或密码不对，看看收据再写一遍。") if secret else _("没有这个编号，看看收据再写一遍。")
    context = {"number": request.POST.get("code", ""), "wrong": words, "with_secret": secret}
    return render(request, "board/track/ask.html", context, status=422)


def _by_code(request: HttpRequest, need: Any) -> HttpResponse:
    """State, kind and due time; not even the community, so the telephone at the foot is the town's."""
    return render(request, "board/track/code.html", {"need": need, "state": public_state(need)})


def _ticket(need: Any) -> str:
    return signing.dumps([need.number, need.secret_hash[-16:]], salt=_SALT)


def _has_ticket(need: Any, ticket: str) -> bool:
    if not ticket:
        return False
    try:
        held = signing.loads(ticket, salt=_SALT, max_age=keys.LIFE)
    except signing.BadSignature:
        return False
    return bool(held == [need.number, need.secret_hash[-16:]])


def _open(request: HttpRequest, need: Any) -> HttpResponse:
    """The asker's view, after the deed that was asked for."""
    request.help_path = need.community_path  # type: ignore[attr-defined]
    said, wrong = "", ""
    try:
        said = _do(request, need)
    except Refused as error:
        wrong = error.reason
    fresh = selectors.by_number(need.number)
    context = {"need": fresh, "community": fresh.community, "state": public_state(fresh), "said": said, "wrong": wrong, "ticket": _ticket(fresh),
               "typed": request.POST.get("words", "") if wrong else "", "deed": request.POST.get("deed", ""),
               **_detail(fresh)}  # fmt: skip
    return render(request, "board/track/full.html", context, status=422 if wrong else 200)


def _detail(need: Any) -> dict[str, Any]:
    main = need.merged_into or need
    return {
        "steps": selectors.timeline(need),
        "looks": list(audit.looks_at("need", need.code)[:20]),
        "has_contact": selectors.has_contact(need),
        "rating": getattr(need, "rating", None),
        "grades": Grade.choices,
        "is_open": need.state in OPEN or need.state == NeedState.MERGED,
        "may_hurry": bool(rules.may_hurry(need)),
        "may_withdraw": need.state in {NeedState.REGISTERED, NeedState.ACCEPTED, NeedState.ASSIGNED},
        "may_rate": need.state in {NeedState.DONE, NeedState.CLOSED},
        "may_reopen": bool(rules.may_say_not_solved(need)),
        "outcome": need.outcome or (main.outcome if main.told else ""),
    }


def _do(request: HttpRequest, need: Any) -> str:
    """Do one deed and say what happened; nothing asked, nothing done."""
    deed, words = request.POST.get("deed", ""), request.POST.get("words", "")
    if deed == "add":
        services.add_words(actor=PUBLIC, need=need, words=words)
        return _("已补充，社区看得到。")
    if deed == "hurry":
        services.hurry(actor=PUBLIC, need=need)
        return _("已催，社区看得到。")
    if deed == "withdraw":
        services.withdraw(actor=PUBLIC, need=need)
        return _("好，这件事不办了。")
    if deed == "rate":
        services.rate(actor=PUBLIC, need=need, grade=request.POST.get("grade", ""), words=words)
        return _("评价收到了。")
    if deed == "not_solved":
        services.not_solved(actor=PUBLIC, need=need, words=words)
        return _("已重开，接着办。")
    if deed == "delete_contact":
        services.delete_contact(actor=PUBLIC, need=need)
        return _("您的联系方式已经删除。")
    return ""
