"""Addresses of the unit face, one line a page, in menu order."""

from django.urls import path

from baodao.web.unit.views import imports, members, month, papers

app_name = "unit"
urlpatterns = [
    path("", month.show, name="home"),
    path("list/", month.confirm_list, name="list_confirm"),
    path("plan/received/", month.receive, name="plan_receive"),
    path("extract/", month.extract_page, name="extract"),
    path("extract/<slug:month>.docx", month.extract_file, name="extract_file"),
    path("duty/<slug:code>/", month.duty, name="duty"),
    path("members/", members.listing, name="members"),
    path("members/<slug:code>/blocked/", members.block, name="block"),
    *imports.WIZARD.urls(),
    path("papers/", papers.listing, name="papers"),
    path("papers/<slug:code>/received/", papers.receive, name="paper_receive"),
    path("papers/<slug:code>/<str:form>/", papers.copy, name="paper_copy"),
]
