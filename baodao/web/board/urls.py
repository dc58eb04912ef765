"""Addresses of the board face, one line a page, in menu order."""

from django.urls import path

from baodao.web.board.views import community, help, need, start, suggest, track

app_name = "board"
urlpatterns = [
    path("", start.start, name="start"),
    path("q/<slug:place>", start.place, name="place"),
    path("q/<slug:place>/need", need.write, name="need"),
    path("q/<slug:place>/need/done/<slug:token>/slip.png", need.picture, name="picture"),
    path("q/<slug:place>/need/done/<slug:token>", need.done, name="done"),
    path("t/", track.track, name="track"),
    path("board/<slug:community>/", community.board, name="board"),
    path("suggest/", suggest.write, name="suggest"),
    path("suggest/answer/", suggest.answer, name="answer"),
    path("suggest/<slug:number>/", suggest.answer, name="suggestion"),
    path("privacy/", help.privacy, name="privacy"),
    path("accessibility/", help.accessibility, name="accessibility"),
]
