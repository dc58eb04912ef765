"""Health pages: no personal data."""

from django.urls import path

from baodao.web.ops.views import health

app_name = "ops"
urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]
