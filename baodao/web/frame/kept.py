"""What was typed when a session ran out: it goes along through the login in the page itself and comes back to be sent.

Nothing of it is stored on the server or in the browser; files have to be chosen again.
"""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baodao.web.frame import keys

PREFIX = "kept-"
OWN = (keys.FIELD, "csrfmiddlewaretoken")
Typed = list[tuple[str, str]]


class LoginForm(forms.Form):
    """Login and password (or a one-time code in its place)."""

    login = forms.CharField(label=gettext_lazy("登录名"), max_length=40)
    password = forms.CharField(
        label=gettext_lazy("密码或一次性码"), max_length=128, strip=False, widget=forms.PasswordInput
    )


def typed_in(request: HttpRequest) -> Typed:
    """The fields of a posted form, without its key and token."""
    return [(name, value) for name, values in request.POST.lists() if name not in OWN for value in values]


def kept_in(request: HttpRequest) -> Typed:
    """What a login page carried along."""
    return [(name.removeprefix(PREFIX), value) for name, value in typed_in(request) if name.startswith(PREFIX)]


def login_page(request: HttpRequest, form: forms.Form, *, asked: str, typed: Typed) -> HttpResponse:
    """The login page; with something typed it says that it is kept, and status 401."""
    kept = [(f"{PREFIX}{name}", value) for name, value in typed]
    context = {"form": form, "next": asked, "kept": kept, "files": request.content_type == "multipart/form-data"}
    status = 422 if form.errors else 401 if kept else 200
    return render(request, "frame/login.html", context, status=status)


def send_again(request: HttpRequest, *, to: str, typed: Typed, title: str) -> HttpResponse:
    """The form comes back with everything typed, one press from being sent; long texts can be read before."""
    context = {
        "title": title,
        "words": _("填的内容都在，再按一次就提交。"),
        "again": typed,
        "readable": [value for _name, value in typed if len(value) > 12],
        "again_to": to,
        "new_key": keys.new_key(),
    }
    return render(request, "frame/message.html", context)
