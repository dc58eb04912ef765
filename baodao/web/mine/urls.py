"""Addresses of the members' face, one line a page, in menu order."""

from django.urls import path

from baodao.web.mine.views import needs, offers, openings, places, profile, promises, records, roll, week

app_name = "mine"
urlpatterns = [
    path("", week.home, name="home"),
    path("inbox/", week.inbox, name="inbox"),
    path("needs/<slug:code>/", needs.show, name="need"),
    path("needs/<slug:code>/contact/", needs.contact, name="need_contact"),
    path("offers/<slug:code>/", offers.show, name="offer"),
    path("offers/<slug:code>/undo/", offers.undo, name="offer_undo"),
    path("shifts/", openings.listing, name="shifts"),
    path("shifts/<slug:code>/", openings.show, name="shift"),
    path("shifts/<slug:code>/take/", openings.take, name="shift_take"),
    path("places/<slug:code>/here/", places.here, name="here"),
    path("places/<slug:code>/free/", places.free, name="free"),
    path("roll/<slug:code>/", roll.show, name="roll"),
    path("roll/<slug:code>/mark/<slug:place>/", roll.mark, name="roll_mark"),
    path("roll/<slug:code>/finish/", roll.finish, name="roll_finish"),
    path("posts/", promises.posts, name="posts"),
    path("posts/<slug:code>/", promises.post, name="post"),
    path("posts/<slug:code>/claim/", promises.claim, name="claim"),
    path("posts/<slug:code>/promise/", promises.write, name="promise"),
    path("claims/<slug:code>/end/", promises.end_claim, name="claim_end"),
    path("promises/<slug:code>/withdraw/", promises.withdraw, name="promise_withdraw"),
    path("fixings/<slug:code>/accept/", promises.accept_fixing, name="fixing_accept"),
    path("fixings/<slug:code>/end/", promises.end_fixing, name="fixing_end"),
    path("records/", records.listing, name="records"),
    path("points/", records.points, name="points"),
    path("profile/", profile.show, name="profile"),
    path("profile/time/", profile.time, name="time"),
    path("profile/skills/", profile.skills, name="skills"),
    path("profile/name/", profile.name, name="name_form"),
    path("profile/days/", profile.days, name="days"),
    path("profile/days/<int:block>/free/", profile.free_days, name="days_free"),
    path("profile/rest/", profile.rest, name="rest"),
    path("profile/mine.json", profile.download, name="download"),
]
