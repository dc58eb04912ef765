"""Addresses of the desk face, one line a page, in menu order."""

from django.urls import path

from baodao.web.desk.views import needs, notices, quick, today, voices

app_name = "desk"
urlpatterns = [
    path("", today.show, name="today"),
    path("needs/", needs.listing, name="needs"),
    path("needs/new/", quick.desk, name="quick"),
    path("needs/similar/", quick.similar, name="similar"),
    path("needs/many/", today.many, name="needs_many"),
    path("needs/<slug:code>/", needs.show, name="need"),
    path("needs/<slug:code>/contact/", needs.contact, name="contact"),
    path("needs/<slug:code>/slip/", needs.reissue, name="reissue"),
    path("needs/<slug:code>/<slug:deed>/", needs.act, name="act"),
    path("door/", quick.door, name="door"),
    path("slips/<slug:token>/", quick.slip, name="slip"),
    path("notices/", notices.listing, name="notices"),
    path("notices/<slug:code>/told/", notices.told, name="notice_told"),
    path("suggestions/", voices.listing, name="suggestions"),
    path("suggestions/<slug:code>/", voices.answer, name="suggestion"),
]
