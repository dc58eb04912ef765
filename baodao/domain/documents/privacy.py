"""Documents hold organisations and figures; accepted names stand in the archived copies of extracts alone."""

from __future__ import annotations

from baodao.domain.erasures import Eraser
from baodao.domain.registered import Field

FIELDS = [Field("documents", "document", "title", "公文标题", 120, "镇、社区、收文单位", "随公文")]
ERASERS: dict[str, Eraser] = {}
