"""Every address, by face."""

from django.urls import include, path

handler404 = "baodao.web.frame.views.not_found"
handler500 = "baodao.web.frame.views.server_error"

urlpatterns = [
    path("", include("baodao.web.ops.urls")),
    path("account/", include("baodao.web.frame.urls")),
    path("login/", include("baodao.web.frame.login_urls")),
    path("me/", include("baodao.web.mine.urls")),
    path("desk/", include("baodao.web.desk.urls")),
    path("unit/", include("baodao.web.unit.urls")),
    path("town/", include("baodao.web.town.urls")),
    path("admin/", include("baodao.web.admin.urls")),
    path("setup/", include("baodao.web.setup.urls")),
    path("", include("baodao.web.board.urls")),
]
