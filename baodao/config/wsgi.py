"""The WSGI door for granian or gunicorn.

A worker loads every page before its first answer and then leaves what the program is made of out of the garbage collector's
rounds: a whole round walks 100,000 objects that never go, for 60 ms in the middle of some reader's page.
"""

import gc
import os

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baodao.config.settings")


def settled() -> WSGIHandler:
    """The application with its addresses and views loaded and everything that now lives kept for good."""
    made = get_wsgi_application()
    get_resolver().url_patterns  # noqa: B018  (reading it imports every face)
    gc.collect()
    gc.freeze()
    return made


application = settled()
