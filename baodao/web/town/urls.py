"""Addresses of the town face, one line a page, in menu order."""

from django.urls import path

from baodao.web.town.views import (
    assessment,
    bulletin,
    compliance,
    imports,
    messages,
    month,
    overview,
    people,
    places,
    plan,
    receipts,
    rows,
    settings,
)

app_name = "town"
urlpatterns = [
    path("", overview.show, name="overview"),
    path("communities/", places.communities, name="communities"),
    path("communities/<slug:code>/list/", people.show, name="people"),
    path("units/", places.units, name="units"),
    *imports.WIZARD.urls(),
    path("messages/", messages.listing, name="messages"),
    path("rows/<slug:key>/", rows.show, name="rows"),
    path("plan/", plan.show, name="plan"),
    path("plan/solve/", plan.solve, name="plan_solve"),
    *plan.FACE.urls(),
    path("plan/balance/", plan.evenness, name="plan_balance"),
    path("plan/issue/", plan.issue, name="plan_issue"),
    path("month/", month.listing, name="months"),
    path("month/<slug:month>/close/", month.close, name="month_close"),
    path("bulletin/<slug:code>/", bulletin.show, name="bulletin"),
    path("bulletin/<slug:code>/edit/", bulletin.edit, name="bulletin_edit"),
    path("bulletin/<slug:code>/submit/", bulletin.submit, name="bulletin_submit"),
    path("bulletin/<slug:code>/return/", bulletin.send_back, name="bulletin_return"),
    path("bulletin/<slug:code>/sign/", bulletin.sign, name="bulletin_sign"),
    path("bulletin/<slug:code>/preview/<str:form>/", bulletin.preview, name="bulletin_preview"),
    path("bulletin/<slug:code>/copy/<str:form>/", bulletin.copy, name="bulletin_copy"),
    path("receipts/<slug:code>/", receipts.show, name="receipts"),
    path("receipts/<slug:code>/paper/", receipts.on_paper, name="receipt_paper"),
    path("receipts/<slug:code>/remind/", receipts.remind, name="receipt_remind"),
    path("assessment/communities/", assessment.communities, name="assessment_communities"),
    path("assessment/units/", assessment.units, name="assessment_units"),
    path("points/", settings.points, name="points"),
    path("settings/", settings.choices, name="settings"),
    path("compliance/", compliance.show, name="compliance"),
]
