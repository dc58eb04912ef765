"""What every logged-in person has: log out, switch role, change password, big type."""

from django.urls import path

from baodao.web.frame import login

app_name = "account"
urlpatterns = [
    path("", login.home, name="home"),
    path("logout/", login.logout, name="logout"),
    path("stay/", login.stay, name="stay"),
    path("role/<slug:code>/", login.switch, name="switch"),
    path("password/", login.change, name="password"),
    path("big/", login.big, name="big"),
]
