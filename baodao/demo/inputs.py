"""The files of the coming month, as untidy as they come: three ledgers of units and a list of needs.

They hold what the import must cope with: title rows, two-row merged heads, totals rows, homonyms, phones typed as
numbers, a phone with a digit too few, a unit nobody knows, columns that must not be kept. Two files are drawn from the
seed; the old workbook is a fixed file, because nothing here writes that format.
"""

from __future__ import annotations

import random
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

from baodao.base.days.months import Month
from baodao.demo import names
from baodao.demo.town import Town

FIXED = Path(__file__).parent / "files" / "县教育局报到名单.xls"
_HEAD = (("序号", 0, 0), ("基本情况", 1, 4), ("联系电话", 5, 5), ("报到情况", 6, 8), ("服务情况", 9, 11), ("备注", 12, 12))
_HEAD2 = ("", "姓名", "性别", "工作单位", "职务", "", "居住社区", "小区", "报到社区", "特长", "服务意向", "可服务时间", "")
_WORDS = ("电工", "理发", "会计、税务", "水暖维修", "法律咨询", "教学", "量血压", "电脑维修", "摄影", "唱歌、跳舞", "急救", "")
_TIMES = ("周六上午", "周末", "工作日晚上", "周日下午", "节假日", "随时", "周六、周日", "下班后")
_WANTS = ("志愿服务", "政策宣传", "治安巡逻", "家政服务", "双语培训", "")
NEEDS = (
    ("电话", "王大妈", "家里水龙头漏水，拧不紧，想请会水暖的师傅看看", "家里帮忙", "轻", "缓"),
    ("窗口", "李先生", "三单元楼道灯坏了好几天，晚上看不见台阶", "公共设施", "重", "急"),
    ("上门", "古丽", "孩子上小学，想找人辅导数学作业", "", "轻", "缓"),
    ("电话", "张女士", "医保参保怎么缴费，手机上弄不明白", "政策", "轻", "缓"),
    ("窗口", "买买提", "想学做简历，找仓库或者驾驶的工作", "就业", "重", "缓"),
    ("电话", "刘师傅", "小区东门消防通道总停着车，救护车进不来", "巡逻安全", "重", "急"),
    ("上门", "赵奶奶", "行动不便，想请人上门理发", "家里帮忙", "轻", "缓"),
    ("窗口", "马先生", "想跟着学国家通用语言，晚上有没有班", "学语言", "轻", "缓"),
    ("电话", "陈女士", "院里健身器材螺丝松了，怕伤着孩子", "公共设施", "重", "缓"),
    ("窗口", "孙先生", "劳动合同到期不续签，想咨询法律上怎么办", "其他", "轻", "缓"),
    ("电话", "", "下雪后北院门口结冰，老人过不去", "公共设施", "重", "急"),
    ("上门", "帕提古丽", "想请人陪着去医院做检查，一个人挂不来号", "家里帮忙", "重", "缓"),
)


def write(rng: random.Random, town: Town, today: date, folder: Path) -> list[Path]:
    """Write the four files into ``folder`` (emptied first) and return them."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    return [
        _first(rng, town, today, folder / "县水利局在职党员报到名单.xlsx"),
        _fixed(folder / FIXED.name),
        _mixed(rng, town, today, folder / "各单位新增党员汇总.xlsx"),
        _needs(rng, town, today, folder / "幸福社区诉求登记.xlsx"),
    ]


def _book(path: Path, today: date) -> xlsxwriter.Workbook:
    """A workbook whose own date is the demo's, so that the same seed and day give the same bytes."""
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"created": datetime(today.year, today.month, today.day, 9)})
    return book


def _fixed(path: Path) -> Path:
    shutil.copyfile(FIXED, path)
    return path


def _person(rng: random.Random, town: Town, unit: str, number: int) -> list[Any]:
    community = rng.choice(town.communities)
    phone = 19909980000 + number
    return [
        number, names.one(rng), rng.choice(("男", "女")), unit, rng.choice(("科员", "副科长", "")), phone,
        community.short_name, rng.choice(town.estates[community.path]).name, community.name, rng.choice(_WORDS),
        rng.choice(_WANTS), rng.choice(_TIMES), "",
    ]  # fmt: skip


def _first(rng: random.Random, town: Town, today: date, path: Path) -> Path:
    """A unit's own list: merged two-row head, phones as numbers and as text, homonyms, a digit too few, a total."""
    people = [_person(rng, town, "水利局", number) for number in range(1, 25)]
    people[3][5] = "1990 998 0004"
    people[7][5] = "199-0998-0008"
    people[11][5] = 1990998012  # a digit is missing
    people[15][1], people[15][5] = people[14][1], 19909980116  # a homonym with a phone of her own
    people[18][1] = f" {people[18][1]}　"
    with _book(path, today) as book:
        page, bold = book.add_worksheet("报到名单"), book.add_format({"bold": True, "align": "center"})
        page.merge_range(0, 0, 0, 12, f"县水利局在职党员到社区报到名单（{Month.of(today).next().label}新增）", bold)
        for words, left, right in _HEAD:
            _merged_head(page, bold, words, left, right)
        page.write_row(2, 0, _HEAD2)
        for words, left, right in _HEAD:  # a head over one column spans both rows
            if left == right:
                page.merge_range(1, left, 2, left, words, bold)
        for index, row in enumerate(people):
            page.write_row(3 + index, 0, row)
        page.write_row(3 + len(people), 0, ["合计", f"{len(people)}人"])
        page.write_row(4 + len(people), 0, ["填表人：赵联络", "", "", "", f"填表日期：{today:%Y.%m.%d}"])
        page.set_column(1, 12, 14)
    return path


def _merged_head(page: Any, bold: Any, words: str, left: int, right: int) -> None:
    if left != right:
        page.merge_range(1, left, 1, right, words, bold)


def _mixed(rng: random.Random, town: Town, today: date, path: Path) -> Path:
    """The town's collection: two sheets, section rows, units in short, one unit that nobody knows."""
    head = ["序号", "姓名", "单位", "手机号码", "民族", "报到社区", "特长爱好", "空闲时间", "报到日期", "备注"]
    number = 100
    with _book(path, today) as book:
        for sheet, units in (("机关", town.units[2:8]), ("学校医院", town.units[32:40])):
            page, line = book.add_worksheet(sheet), 2
            page.merge_range(0, 0, 0, 9, f"新增在职党员汇总表（{sheet}）")
            page.write_row(1, 0, head)
            for unit in units:
                page.write(line, 0, unit.name)
                line += 1
                for _n in range(rng.randint(2, 5)):
                    number += 1
                    page.write_row(line, 0, _short(rng, town, today, unit.short_name or unit.name, number))
                    line += 1
            if sheet == "机关":
                page.write_row(line, 0, _short(rng, town, today, "县蚕桑改良场", number + 500))
                line += 1
            page.write_row(line, 0, ["小计", line - 2])
            page.set_column(1, 9, 14)
    return path


def _short(rng: random.Random, town: Town, today: date, unit: str, number: int) -> list[Any]:
    community = rng.choice(town.communities)
    reported = today - timedelta(days=rng.randint(1, 20))
    return [
        number - 100, names.one(rng), unit, f"1990998{number:04d}", "", community.name, rng.choice(_WORDS),
        rng.choice(_TIMES), rng.choice((f"{reported:%Y.%m.%d}", f"{reported.year}年{reported.month}月{reported.day}日")), "",
    ]  # fmt: skip


def _needs(rng: random.Random, town: Town, today: date, path: Path) -> Path:
    """What the counter of 幸福社区 wrote down on paper this week."""
    head = ["登记时间", "来源", "称呼", "联系方式", "小区", "类别", "内容", "轻重", "缓急", "希望时间"]
    estates = town.estates[town.communities[0].path]
    with _book(path, today) as book:
        page = book.add_worksheet("诉求登记")
        page.merge_range(0, 0, 0, 9, "幸福社区居民诉求登记簿")
        page.write_row(1, 0, head)
        for index, (source, who, text, category, weight, urgency) in enumerate(NEEDS):
            day = today - timedelta(days=rng.randint(0, 5))
            phone = f"1990999{rng.randrange(10_000):04d}" if who else ""
            wished = f"{today + timedelta(days=rng.randint(7, 20)):%Y-%m-%d}" if index % 4 == 0 else ""
            page.write_row(2 + index, 0, [f"{day:%Y-%m-%d} {rng.randint(10, 18)}:{rng.randint(10, 59)}", source, who, phone,
                                          rng.choice(estates).name, category, text, weight, urgency, wished])  # fmt: skip
        page.set_column(0, 9, 16)
    return path
