"""Tables are found in untidy sheets; what must not be kept has no cells afterwards."""

import io

import pytest
import xlsxwriter

from baodao.base.papers.sheet import reader
from baodao.base.papers.sheet.head import cell_text, find_tables
from baodao.base.papers.sheet.ledger_words import FORBIDDEN, LEDGER
from baodao.base.papers.sheet.ledger_words import SYNONYMS as LEDGER_SYNONYMS
from baodao.base.papers.sheet.need_words import NEEDS
from baodao.base.papers.sheet.need_words import SYNONYMS as NEED_SYNONYMS
from baodao.base.papers.sheet.reader import Sheet

HEAD = ["序号", "姓名", "工作单位", "联系电话"]


def tables(*rows, words=LEDGER, merges=()):
    width = max(len(row) for row in rows)
    return find_tables([Sheet("台账", [[*row, *[""] * (width - len(row))] for row in rows], list(merges))], words)


def names(table):
    return [(row.number, row.values["name"]) for row in table.rows]


def fields(table):
    return [column.field for column in table.columns]


def test_the_columns_of_the_ledger_are_known_by_our_own_headings():
    ours = (
        "序号 姓名 类别 工作单位 所在党组织 职务 联系电话 居住社区 小区 报到社区 特长 "
        "服务意向 可服务时间 服务语言 报到时间 回执时间 编入队伍 备注"
    )
    table = tables(ours.split(), [1, "王强", "在职"])[0]
    assert fields(table) == list(LEDGER_SYNONYMS)
    assert (table.forbidden, table.unknown) == ([], [])


def test_the_columns_of_the_needs_are_known_by_our_own_headings():
    ours = "登记时间 来源 称呼 联系方式 小区 类别 内容 轻重 缓急 希望时间 语言"
    table = tables(
        ours.split(), ["2026-3-5", "窗口", "王先生", "13800000001", "阳光小区", "家里帮忙", "水管漏水"], words=NEEDS
    )[0]
    expected = "registered_at source contact_name contact_phone estate category text weight urgency wished_on language"
    assert fields(table) == expected.split()
    assert table.rows[0].values["text"] == "水管漏水"


def test_every_heading_means_one_field():
    for synonyms in (LEDGER_SYNONYMS, NEED_SYNONYMS):
        headings = [heading for words in synonyms.values() for heading in words]
        assert len(headings) == len(set(headings))
    for name, words in LEDGER_SYNONYMS.items():
        for heading in words:
            assert LEDGER.decide(heading, ["在职"]).field == name


def test_titles_sections_totals_notes_and_numbers_are_no_rows():
    table = tables(
        ["县水利局在职党员台账"],
        ["制表单位：水利局", "", "", "2026年3月"],
        HEAD,
        ["1", "2", "3", "4"],
        ["一、机关支部"],
        [1, "王强", "水利局", 13800000001.0],
        [2],
        ["小计", 1],
        ["二、下属单位", "二、下属单位", "二、下属单位", "二、下属单位"],
        HEAD,
        [3, "李强", "水管站", 13800000002.0],
        ["", "", "", ""],
        ["", "合 计", "", 2],
        ["合计：2人"],
        ["注：以上人员均已核对"],
        ["备注：", "请核对"],
        ["填表人：张三", "", "审核人：李四"],
    )
    assert len(table) == 1
    assert names(table[0]) == [(6, "王强"), (11, "李强")]
    assert table[0].head_row == 3


def test_a_row_with_a_name_only_is_a_row():
    table = tables(HEAD, ["", "王强", "", ""], [5, "", "水利局", ""], ["", "", "", "13800000001"])[0]
    assert [row.number for row in table.rows] == [2, 3]


def test_a_head_of_two_rows_with_merged_cells():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet("台账")
        page.merge_range(0, 0, 0, 7, "在职党员台账")
        for column, text in ((0, "序号"), (4, "工作单位"), (7, "联系电话（手机）")):
            page.merge_range(1, column, 2, column, text)
        page.merge_range(1, 1, 1, 3, "基本信息")
        page.merge_range(1, 5, 1, 6, "家庭成员")
        page.write_row(2, 1, ["姓 名", "性别", "职务"])
        page.write_row(2, 5, ["姓名", "电话"])
        page.merge_range(3, 4, 5, 4, "县水利局")
        for number in range(3):
            page.write_row(3 + number, 0, [number + 1, f"王{number}强", "男", "科员"])
            page.write_row(3 + number, 5, ["李兰", "13900000000", 13800000001 + number])
    table = find_tables(reader.read(out.getvalue(), "a.xlsx"), LEDGER)[0]
    assert [column.heading for column in table.columns] == [
        "序号", "基本信息/姓 名", "基本信息/性别", "基本信息/职务", "工作单位",
        "家庭成员/姓名", "家庭成员/电话", "联系电话（手机）",
    ]  # fmt: skip
    assert fields(table) == ["seq", "name", None, "job_title", "unit", None, None, "phone"]
    assert [column.forbidden for column in table.forbidden] == ["性别", "家庭情况", "家庭情况"]
    assert [row.values["unit"] for row in table.rows] == ["县水利局"] * 3
    assert {name for row in table.rows for name in row.values} == {"seq", "name", "job_title", "unit", "phone"}


def test_a_head_of_two_rows_without_merges():
    table = tables(
        ["序号", "姓名", "工作单位", "联系", ""],
        ["", "", "", "手机", "居住小区"],
        [1, "王强", "水利局", "13800000001", "阳光小区"],
    )[0]
    assert fields(table) == ["seq", "name", "unit", "phone", "estate"]
    assert names(table) == [(3, "王强")]


def test_groups_in_the_row_above_the_head():
    table = tables(
        ["个人信息", "", "", "服务信息", ""],
        ["姓名", "工作单位", "联系电话", "特长", "服务意向"],
        ["王强", "水利局", "13800000001", "电工", "巡逻"],
        merges=[(0, 0, 0, 2), (0, 3, 0, 4)],
    )[0]
    assert fields(table) == ["name", "unit", "phone", "skills", "wishes"]
    assert names(table) == [(3, "王强")]


def test_tall_merges_never_double_a_person():
    table = tables(
        HEAD,
        [1, "王强", "水利局", "13800000001"],
        [2, "", "", ""],
        [3, "李强", "", "13800000003"],
        merges=[(1, 1, 2, 1), (1, 2, 3, 2)],
    )[0]
    assert [(row.number, row.values["name"], row.values["unit"]) for row in table.rows] == [
        (2, "王强", "水利局"),
        (4, "李强", "水利局"),
    ]


def test_two_tables_in_one_sheet():
    found = tables(
        HEAD,
        [1, "王强", "水利局", "13800000001"],
        [],
        ["姓名", "手机号码", "特长", "备注"],
        ["李强", "13800000002", "电工", ""],
    )
    assert [(table.head_row, names(table)) for table in found] == [(1, [(2, "王强")]), (4, [(5, "李强")])]


def test_a_narrow_sheet_needs_two_headings_and_a_wide_one_three():
    assert fields(tables(["姓名", "电话"], ["王强", "13800000001"])[0]) == ["name", "phone"]
    assert tables(["姓名", "电话", "甲", "乙", "丙", "丁"], ["王强", "1", "2", "3", "4", "5"]) == []


def test_a_sheet_without_a_head_has_no_table():
    assert tables(["王强", "水利局", "13800000001"], ["李强", "教育局", "13800000002"]) == []


def test_unknown_and_repeated_columns_are_told_apart_and_have_no_cells():
    table = tables([*HEAD, "联系方式", "宠物"], [1, "王强", "水利局", "13800000001", "13900000000", "猫"])[0]
    assert [(column.heading, column.repeated) for column in table.unknown] == [("联系方式", True), ("宠物", False)]
    assert list(table.rows[0].values) == ["seq", "name", "unit", "phone"]


@pytest.mark.parametrize(
    ("heading", "label"),
    [
        ("性别", "性别"),
        ("性  别", "性别"),
        ("民族", "民族"),
        ("族别", "民族"),
        ("宗教信仰", "宗教"),
        ("身份证号", "身份证号"),
        ("身份证号码（18位）", "身份证号"),
        ("公民身份号码", "身份证号"),
        ("证件号码", "身份证号"),
        ("出生年月", "出生年月"),
        ("出生日期", "出生年月"),
        ("年龄", "出生年月"),
        ("详细住址", "详细住址"),
        ("家庭住址", "详细住址"),
        ("现居住地址", "详细住址"),
        ("家庭情况", "家庭情况"),
        ("婚姻状况", "家庭情况"),
        ("健康状况", "健康"),
        ("是否残疾", "健康"),
        ("正式/预备", "党员类别"),
        ("政治面貌", "政治面貌"),
    ],
)
def test_what_must_not_be_kept_is_dropped_by_name(heading, label):
    table = tables([*HEAD, heading], [1, "王强", "水利局", "13800000001", "不可留"])[0]
    assert [(column.heading, column.forbidden) for column in table.forbidden] == [(heading, label)]
    assert list(table.rows[0].values) == ["seq", "name", "unit", "phone"]


def test_every_forbidden_column_of_the_contract_is_in_the_list():
    assert list(FORBIDDEN) == [
        "性别",
        "党员类别",
        "民族",
        "宗教",
        "身份证号",
        "出生年月",
        "详细住址",
        "家庭情况",
        "健康",
        "政治面貌",
    ]


@pytest.mark.parametrize(
    ("heading", "values", "field", "forbidden"),
    [
        ("类别", ["在职", "社区", ""], "kind", None),
        ("类别", ["正式", "预备"], None, "党员类别"),
        ("党员类别", ["在职", "社区"], "kind", None),
        ("党员类别", ["正式党员", "正式党员"], None, "党员类别"),
        ("党员类别", ["在职", "预备"], None, "党员类别"),
        ("党员类别", ["", ""], None, "党员类别"),
        ("党员类别（正式/预备）", ["正式"], None, "党员类别"),
        ("类别", ["", ""], "kind", None),
    ],
)
def test_a_category_is_judged_by_its_values(heading, values, field, forbidden):
    rows = [[1, "王强", "水利局", "13800000001", value] for value in values]
    column = tables([*HEAD, heading], *rows)[0].columns[4]
    assert (column.field, column.forbidden) == (field, forbidden)


def test_a_place_of_a_need_is_kept_and_a_person_s_data_is_not():
    head = ["登记时间", "称呼", "联系方式", "详细地址", "内容", "民族", "身份证号"]
    table = tables(head, ["2026.3.5", "王先生", "138", "3栋", "漏水", "某", "6"], words=NEEDS)[0]
    assert fields(table)[:5] == ["registered_at", "contact_name", "contact_phone", "place_detail", "text"]
    assert [column.forbidden for column in table.forbidden] == ["民族", "身份证号"]


def test_cells_as_text():
    assert [cell_text(cell) for cell in (13800000001.0, 1.5, " 王 \u202e", True)] == ["13800000001", "1.5", "王", "是"]


def test_same_as_above_takes_the_value_above_where_that_is_meant():
    table = tables(HEAD, [1, "王强", "水利局", "13800000001"], [2, "李强", "同上", "同上"], [3, "张强", "〃", "1"])[0]
    assert [(row.values["unit"], row.values["phone"]) for row in table.rows] == [
        ("水利局", "13800000001"),
        ("水利局", "同上"),
        ("水利局", "1"),
    ]


@pytest.mark.parametrize(
    "row",
    [
        ["小计：12人"],
        ["水利局小计", 12],
        ["", "以下空白"],
        ["总 计（人）", "", "", 5],
        ["一、水利局（12人）"],
        ["", "一、机关支部"],
        ["说明：本表一式两份"],
        ["1.本表一式两份"],
        ["审核（签字）：", "", "填报日期：2026年3月"],
        ["甲", "乙", "丙", "丁"],
        ["(1)", "(2)", "(3)", "(4)"],
    ],
)
def test_rows_that_are_nobody(row):
    table = tables(HEAD, [1, "王强", "水利局", "13800000001"], row, [2, "李强", "教育局", "13800000002"])[0]
    assert names(table) == [(2, "王强"), (4, "李强")]


def test_headings_with_breaks_marks_and_brackets():
    head = ["序 号", "姓\n名", "＊工作单位（全称）", "联系电话\n（手机）", "特长：", "报到社区*"]
    table = tables(head, [1, "王强", "水利局", "13800000001", "电工", "幸福社区"])[0]
    assert fields(table) == ["seq", "name", "unit", "phone", "skills", "community"]
