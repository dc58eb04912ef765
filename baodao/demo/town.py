"""The organisations of the demo: one county, one town, 12 communities with grids and estates, 131 units, 32 Party
organisations on the community side. The 13,182 households are a count only.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from typing import Any

from baodao.base.actor import program
from baodao.domain.calendar import services as calendar
from baodao.domain.orgs import selectors
from baodao.domain.orgs import services as orgs

ACTOR = program("demo")
COMMUNITIES = ["幸福", "健康", "团结", "东城", "西大街", "南苑", "北关", "新村", "园林", "河滨", "光明", "站前"]
HOUSEHOLDS, RESIDENTS = 13182, 45000
SINCE = date(2015, 1, 1)
_UNITS = ["水利", "教育", "卫生健康", "住房和城乡建设", "交通运输", "农业农村", "林业和草原", "文化和旅游", "民政", "财政", "税务", "市场监督管理", "自然资源", "人力资源和社会保障", "司法", "审计", "统计", "应急管理", "医疗保障", "退役军人事务", "商务", "发展和改革", "工业和信息化", "生态环境", "气象", "档案", "信访", "机关事务", "供销", "残疾人事务", "城市管理", "乡村振兴"]
_PLACES = ["县人民医院", "县中医院", "镇卫生院", "县疾控中心", "县妇幼保健站", "县第一中学", "县第二中学", "县第三中学", "县职业学校", "县第一小学", "县第二小学", "县第三小学", "县第四小学", "县第五小学", "县第一幼儿园", "县第二幼儿园", "县第三幼儿园", "县图书馆", "县文化馆", "县融媒体中心", "县体育中心", "县供电公司", "县供水公司", "县燃气公司", "县热力公司", "县邮政公司", "县电信公司", "县移动公司", "县联通公司", "县农商银行", "县信用社", "县人民法院", "县人民检察院", "县消防站", "县公路段", "县客运站", "县火车站", "县粮库", "县种子站", "县农机站", "县畜牧站", "县水文站", "县园林站", "县环卫站", "县房管所", "县公积金管理部", "县不动产登记中心", "县就业中心", "县社保中心", "县政务服务中心"]


@dataclass(frozen=True, slots=True)
class Size:
    """How big a demo is; the contract's by default, smaller for tests."""

    communities: int = 12
    units: int = 131
    in_service: int = 2104
    community_side: int = 511


FULL = Size()


@dataclass(slots=True)
class Town:
    """What the other parts of the demo hang things on."""

    county: Any
    town: Any
    communities: list[Any]
    grids: dict[str, list[Any]]
    estates: dict[str, list[Any]]
    units: list[Any]
    party_orgs: list[Any]


def build(rng: random.Random, today: date, size: Size = FULL) -> Town:
    """Make them all."""
    town = orgs.make_town(
        actor=ACTOR, county_code="SX", county_name="示例县", town_code="SZ", town_name="示例镇", real=False
    )
    orgs.change_org(
        actor=ACTOR,
        org=town,
        version=town.version,
        changes={"phone": "0997-5550100", "households": HOUSEHOLDS, "residents": RESIDENTS, "address": "示例镇文化路1号"},
    )
    county = selectors.by_path("SX/")
    communities = _communities(town, size.communities)
    grids, estates = _below(rng, communities)
    units = orgs.add_units_many(actor=ACTOR, county=county, rows=_unit_rows(size.units))
    party = _party_orgs(town, communities)
    _places(communities, estates)
    for year in range(today.year - 1, today.year + 2):
        calendar.load_year(actor=ACTOR, year=year)
    orgs.set_setting(actor=ACTOR, town=town, key="issuer", value="中共示例镇委员会")
    return Town(county, town, communities, grids, estates, units, party)


def _communities(town: Any, count: int) -> list[Any]:
    share, rest = divmod(HOUSEHOLDS, count)
    people, more = divmod(RESIDENTS, count)
    return orgs.add_orgs_many(
        actor=ACTOR,
        rows=[
            {
                "parent": town,
                "kind": "community",
                "org_code": f"SZ{number:02d}",
                "name": f"{name}社区",
                "short_name": name,
                "phone": f"0997-55501{number:02d}",
                "households": share + (1 if number <= rest else 0),
                "residents": people + (1 if number <= more else 0),
                "since": SINCE,
            }
            for number, name in enumerate(COMMUNITIES[:count], 1)
        ],
    )


def _below(rng: random.Random, communities: list[Any]) -> tuple[dict[str, list[Any]], dict[str, list[Any]]]:
    grids, estates = {}, {}
    for community in communities:
        short = community.short_name
        rows = [
            {"parent": community, "kind": "grid", "org_code": f"G{n}", "name": f"{short}第{'一二三四'[n - 1]}网格",
             "since": SINCE}
            for n in range(1, 4)
        ]
        made = orgs.add_orgs_many(actor=ACTOR, rows=rows)
        grids[community.path] = made
        names = [f"{short}{word}" for word in ("小区", "花园", "家园", "北院", "南院", "新居")]
        homes = [
            {"parent": made[index % 3], "kind": "estate", "org_code": f"E{index + 1}", "name": name, "since": SINCE}
            for index, name in enumerate(names[: rng.randint(5, 6)])
        ]
        estates[community.path] = orgs.add_orgs_many(actor=ACTOR, rows=homes)
    return grids, estates


def _unit_rows(count: int) -> list[dict[str, Any]]:
    names = [f"县{word}局" for word in _UNITS] + list(_PLACES)
    number = 1
    while len(names) < count:  # the county's smaller offices: stations of the towns around
        names.append(f"示例镇{['农业', '文化', '司法', '财政', '林业', '水利', '民政', '国土', '畜牧', '应急'][number % 10]}{'站所队'[number % 3]}{number}")
        number += 1
    rows = []
    for index, name in enumerate(names[:count], 1):
        rows.append(
            {
                "unit_code": f"U{index:03d}",
                "name": name,
                "short_name": name.removeprefix("县")[:8],
                "other_names": [name.removeprefix("县")] if name.startswith("县") else [],
                "kind": "organ" if name.endswith("局") else "institution",
                "party_org_name": f"{name}党支部",
                "since": SINCE,
            }
        )
    return rows


def _party_orgs(town: Any, communities: list[Any]) -> list[Any]:
    """32 in all, as the seed says: its parts add up to 27, so the counts are simply what is listed."""
    rows: list[dict[str, Any]] = [{"name": "示例镇党委", "kind": "committee", "org": town, "since": SINCE}]
    rows += [{"name": f"{c.short_name}社区党总支", "kind": "general_branch", "org": c, "since": SINCE} for c in communities[:2]]
    for index in range(29):
        community = communities[index % len(communities)]
        word = f"第{'一二三四五六七八九十'[index // len(communities) % 10]}"
        rows.append({"name": f"{community.name}{word}党支部", "kind": "branch", "org": community, "since": SINCE})
    return orgs.add_party_orgs_many(actor=ACTOR, rows=rows)


def _places(communities: list[Any], estates: dict[str, list[Any]]) -> None:
    for number, community in enumerate(communities):
        for index, estate in enumerate(estates[community.path][:3]):
            code = f"{'ABCDEFGHJKMN'[number]}{index + 2}"
            orgs.add_place(
                actor=ACTOR, community=community, name=f"{estate.name}宣传栏", estate=estate, place_code=code
            )
