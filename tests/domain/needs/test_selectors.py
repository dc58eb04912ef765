"""Who sees which needs, the board, what is similar."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baodao.base.verdict import Absent
from baodao.domain.needs import selectors, services
from tests.cast import PROGRAM
from tests.domain.needs.asked import accepted, asked, closed, done, new

pytestmark = pytest.mark.django_db


def test_each_sees_only_their_part(cast):
    here = asked(cast).need
    in_grid = asked(cast, estate=cast.estate).need
    there = asked(cast, community=cast.jiankang).need
    seen = {
        login: set(selectors.visible(cast.actor(login)))
        for login in ("clerk", "secretary", "clerk2", "grid", "member", "town", "county", "liaison", "sysadmin", "auditor")
    }
    both = {here, in_grid}
    assert seen == {
        "clerk": both, "secretary": both, "clerk2": {there}, "grid": {in_grid}, "member": set(), "town": set(),
        "county": set(), "liaison": set(), "sysadmin": set(), "auditor": set(),
    }  # fmt: skip
    with pytest.raises(Absent):
        selectors.get_for(cast.actor("clerk2"), here.code)


def test_the_board_has_four_columns(cast):
    asked(cast), accepted(cast), done(cast), closed(cast)
    services.assign(actor=cast.actor("clerk"), need=accepted(cast))
    columns = selectors.board(cast.actor("clerk"), cast.xingfu.path)
    assert [(column.key, column.count) for column in columns] == [
        ("registered", 1), ("accepted", 1), ("assigned", 1), ("done", 1),
    ]  # fmt: skip
    assert [column.count for column in selectors.board(cast.actor("clerk2"), cast.xingfu.path)] == [0, 0, 0, 0]


def test_the_board_takes_as_many_queries_with_one_as_with_three(cast):
    def count() -> int:
        with CaptureQueriesContext(connection, ) as queries:
            for column in selectors.board(cast.actor("clerk"), cast.xingfu.path):
                for need in column.needs:
                    assert need.community.name and (need.estate is None or need.estate.name)
        return len(queries)

    asked(cast)
    one = count()
    asked(cast), asked(cast)
    assert count() == one


def test_filters_are_category_estate_tier_and_state_only(cast):
    asked(cast), asked(cast, category="home")
    rows = selectors.listing(cast.actor("clerk"), category="home")
    assert [need.category for need in rows] == ["home"]
    with pytest.raises(TypeError):
        selectors.listing(cast.actor("clerk"), phone="13800000001")


def test_similar_compares_words_place_and_category(cast):
    first = asked(cast, text="三号楼二单元楼道灯坏了").need
    second = asked(cast, text="二单元楼道灯不亮，坏了好几天").need
    asked(cast, text="想学用手机挂号", category="home")
    asked(cast, text="三号楼二单元楼道灯坏了", community=cast.jiankang)
    assert selectors.similar(cast.actor("clerk"), first) == [second]


def test_the_board_page_shows_only_words_written_for_it(cast):
    need = services.assign(actor=cast.actor("clerk"), need=accepted(cast))
    services.finish(actor=cast.actor("clerk"), need=need, outcome="给王阿姨换了灯", public_words="三号楼楼道灯换新")
    services.tell(actor=cast.actor("clerk"), need=need, told="page")
    closed(cast)
    assert [row.public_words for row in selectors.said_and_done(cast.xingfu.path)] == ["三号楼楼道灯换新"]
    assert selectors.answered_counts(cast.xingfu.path) == {"came": 2, "told": 2}


def test_due_soon_first(cast):
    services.register_many(actor=PROGRAM, needs=[new(cast, source="phone", weight="light", urgency="slow")])
    urgent = services.register_many(
        actor=PROGRAM, needs=[new(cast, source="phone", weight="heavy", urgency="urgent")]
    )[0]
    assert list(selectors.due_between(cast.actor("clerk"), 24)) == [urgent]
