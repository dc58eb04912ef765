"""The month's papers hold counts; the words of a bulletin name persons only with consent."""

from __future__ import annotations

from baodao.domain.erasures import Eraser
from baodao.domain.registered import Field

FIELDS = [
    Field("months", "bulletin", "words", "通报里由人写的几段", 300, "镇、社区、单位", "随公文"),
    Field("months", "bulletin", "opinion", "退回时要改什么", 120, "镇", "随公文"),
    Field("months", "systemdoc", "text", "八项制度的文字", 300, "所有人", "镇里修改为止"),
    Field("months", "meeting", "minutes", "例会记录", 300, "镇、社区", "随会议"),
]
ERASERS: dict[str, Eraser] = {}
