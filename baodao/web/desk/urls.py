"""Addresses of the desk face, one line a page, in menu order."""

from django.urls import path

from baodao.web.desk.views import needs, notices, offers, plan, points, quick, today, voices

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
    path("plan/", plan.show, name="plan"),
    path("plan/solve/", plan.solve, name="plan_solve"),
    path("plan/invite/", plan.invite, name="plan_invite"),
    path("plan/<slug:code>/lock/", plan.lock, name="plan_lock"),
    path("plan/<slug:code>/out/", plan.take_out, name="plan_out"),
    path("plan/<slug:code>/put/", plan.put, name="plan_put"),
    path("plan/<slug:code>/mend/", plan.mend, name="plan_mend"),
    path("plan/<slug:code>/back/", plan.back, name="plan_back"),
    path("plan/<slug:code>/submit/", plan.step, {"verb": "submit"}, name="plan_submit"),
    path("plan/<slug:code>/approve/", plan.step, {"verb": "approve"}, name="plan_approve"),
    path("plan/<slug:code>/return/", plan.step, {"verb": "return"}, name="plan_return"),
    path("plan/<slug:code>/publish/", plan.publish, name="plan_publish"),
    path("offers/", offers.listing, name="offers"),
    path("offers/<slug:code>/answer/", offers.answer, name="offer_answer"),
    path("offers/<slug:code>/undo/", offers.undo, name="offer_undo"),
    path("offers/<slug:code>/withdraw/", offers.withdraw, name="offer_withdraw"),
    path("points/", points.ledger, name="points"),
    path("points/sheet/", points.sheet, name="points_sheet"),
    path("points/confirm/", points.confirm, name="points_confirm"),
    path("points/member/<slug:code>/", points.member, name="points_member"),
    path("points/<slug:code>/reverse/", points.reverse, name="points_reverse"),
]
