"""The town's desk: what a unit's list says of people who report nowhere yet."""

from __future__ import annotations

from baodao.domain.notices import services
from baodao.domain.notices.models import Notice
from baodao.domain.notices.services import Telling
from tests.cast import PROGRAM


def test_the_town_reads_and_ticks(enter, send, cast):
    client = enter("town")
    assert "没有新消息" in client.get("/town/messages/").text
    said = {"unit": "县水利局", "added": 2, "updated": 0}
    services.tell_many(actor=PROGRAM, rows=[Telling("list.changed", path=path, data=said)
                                            for path in (cast.town.path, cast.xingfu.path)])
    assert "给镇里的消息 1 条" in client.get("/town/").text
    page = client.get("/town/messages/").text
    assert page.count("县水利局交来了改过的名单：新增 2 人") == 2  # the sentence, and once more for who listens
    mine, theirs = (Notice.objects.get(path=path) for path in (cast.town.path, cast.xingfu.path))
    assert send("/town/messages/", {"pick": theirs.code}).status_code == 404
    assert send("/town/messages/", {"pick": mine.code}).status_code == 303
    assert list(Notice.objects.filter(read_at=None)) == [theirs]
