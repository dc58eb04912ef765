"""The production server."""

from __future__ import annotations

import sys
from typing import Any

from baodao.config import serving
from baodao.config.console import Plain, say


class Command(Plain):
    """``serve``."""

    help = "serve on 127.0.0.1:$PORT (BAODAO_BIND for another address); start `work` beside it"

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuses an unmigrated, newer or unsafe database, a taken port, and demo logins beyond loopback."""
        serving.refuse_wrong_schema()
        serving.refuse_open_demo()
        serving.refuse_taken_port()
        serving.gather_static()
        from django.conf import settings

        say(f"报到：http://{settings.BIND}:{settings.PORT}/")
        sys.exit(serving.serve(with_worker=False))
