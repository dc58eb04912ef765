"""The way in."""

from django.urls import path

from baodao.web.frame import login

urlpatterns = [
    path("", login.login, name="login"),
    path("password/", login.choose, name="choose_password"),
]
