"""Names, their orders, telephone numbers and figures."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baodao.base.text import names, numbers, phones, pinyin, strokes
from baodao.base.text.free import find_ids, strip_controls, take_out_ids

NAMES = """
丁一 于洋 马兰 王强 王一鸣 王小明 文静 方圆 艾尔肯 古丽娜尔 田富 田大利 刘洋 买买提·艾力 李强 杨光 张伟
阿依古丽·吐尔逊 陈晨 林森 欧阳修 帕提古丽 赵云
"""
OFFICIAL = NAMES.split()


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("王  强", "王强"),
        (" 王　强 ", "王强"),
        ("阿依古丽•吐尔逊", "阿依古丽·吐尔逊"),
        ("阿依古丽．吐尔逊", "阿依古丽·吐尔逊"),
        ("阿依古丽.吐尔逊", "阿依古丽·吐尔逊"),
        ("阿依古丽 ・ 吐尔逊", "阿依古丽·吐尔逊"),
        ("阿依古丽··吐尔逊·", "阿依古丽·吐尔逊"),
        ("Anwar   Jan", "Anwar Jan"),
        ("\u202e王强\u202c\u200b", "王强"),
        ("Jose\u0301", "José"),
        ("\uf9e1", "李"),
        ("𠮷田", "𠮷田"),
        ("ئەكبەر  جان", "ئەكبەر جان"),
        ("", ""),
        (" · ", ""),
    ],
)
def test_a_name_has_one_regular_form(written, stored):
    assert names.normalise(written) == stored


@given(st.text(max_size=60))
def test_normalising_twice_changes_nothing(text):
    once = names.normalise(text)
    assert names.normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)


def test_names_up_to_one_hundred_characters_are_kept():
    assert names.normalise("古" * 100) == "古" * 100
    with pytest.raises(names.NameTooLong) as fault:
        names.normalise("古" * 101)
    assert fault.value.code == "too_long"


def test_mask_padding_and_surname():
    assert [names.mask(name) for name in ("王强", "王一鸣", "阿依古丽·吐尔逊", "王", "")] == [
        "王*",
        "王**",
        "阿**·吐**",
        "王*",
        "",
    ]
    assert names.display_padded("王强") == "王\u3000强"
    assert [names.display_padded(name) for name in ("王一鸣", "Li", "阿·古")] == ["王一鸣", "Li", "阿·古"]
    assert [names.surname(name) for name in ("王强", "欧阳修", "欧阳", "阿依古丽·吐尔逊", "帕提古丽", "Anwar Jan")] == [
        "王",
        "欧阳",
        "欧",
        "阿依古丽",
        "帕提古丽",
        "Anwar Jan",
    ]


def test_the_official_order_by_strokes():
    mixed = OFFICIAL[:]
    random.Random(7).shuffle(mixed)
    assert sorted(mixed, key=strokes.stroke_key) == OFFICIAL


def test_the_two_conventions_differ_in_the_missing_middle():
    pair = ["田富", "田大利"]
    assert sorted(pair, key=lambda name: strokes.stroke_key(name, "surname")) == ["田富", "田大利"]
    assert sorted(pair, key=lambda name: strokes.stroke_key(name, "name")) == ["田大利", "田富"]


def test_stroke_keys_have_one_width_and_ignore_the_dot():
    keys = [strokes.stroke_key(name) for name in [*OFFICIAL, "", "古" * 100, "𪚥", "ئەكبەر"]]
    assert {len(key) for key in keys} == {strokes.KEY_LENGTH}
    assert strokes.stroke_key("买买提·艾力") == strokes.stroke_key("买买提艾力")


def test_unknown_characters_come_after_all_known_ones_and_stay_in_order():
    unknown = ["\u4e02", "𪚥", "𰻞"]
    assert sorted([*reversed(unknown), "齉", "爨"], key=strokes.stroke_key) == ["爨", "齉", *unknown]


def test_the_table_holds_each_character_once():
    ranks = strokes._ranks()
    assert len(ranks) == 8105
    assert [character for character, _ in sorted(ranks.items(), key=lambda item: item[1])][:10] == list(
        "一乙二十丁厂七卜八人"
    )


@pytest.mark.parametrize(
    ("name", "spaced", "initials"),
    [
        ("王强", "wang qiang", "wq"),
        ("买买提·艾力", "mai mai ti ai li", "mmtal"),
        ("单田芳", "shan tian fang", "stf"),
        ("仇英", "qiu ying", "qy"),
        ("解放", "xie fang", "xf"),
        ("区伟", "ou wei", "ow"),
        ("朴树", "piao shu", "ps"),
        ("查良", "zha liang", "zl"),
        ("曾国", "zeng guo", "zg"),
        ("翟明", "zhai ming", "zm"),
        ("尉迟恭", "yu chi gong", "ycg"),
        ("万俟雅", "mo qi ya", "mqy"),
        ("曾·艾力", "ceng ai li", "cal"),
        ("吕布", "lv bu", "lb"),
        ("Anwar Jan", "anwar jan", "aj"),
    ],
)
def test_pinyin_reads_surnames_as_surnames(name, spaced, initials):
    sound = pinyin.read(name)
    assert (sound.spaced, sound.full, sound.initials) == (spaced, spaced.replace(" ", ""), initials)


def test_the_surname_table_has_at_least_sixty_readings():
    assert len(pinyin.SURNAMES) >= 60


@pytest.mark.parametrize(
    ("value", "digits", "kind"),
    [
        ("13800000001", "13800000001", "mobile"),
        ("+86 138-0000-0001", "13800000001", "mobile"),
        ("0086 13800000001", "13800000001", "mobile"),
        ("8613800000001", "13800000001", "mobile"),
        ("１３８ ００００ ０００１", "13800000001", "mobile"),
        ("\u202d13800000001\u202c", "13800000001", "mobile"),
        (13800000001.0, "13800000001", "mobile"),
        (13800000001, "13800000001", "mobile"),
        ("13800000001.0", "13800000001", "mobile"),
        ("'13800000001", "13800000001", "mobile"),
        ("0997-1234567", "09971234567", "landline"),
        ("（0997）2234567", "09972234567", "landline"),
        ("+86 997 2234567", "09972234567", "landline"),
        ("010-87654321", "01087654321", "landline"),
    ],
)
def test_a_number_is_read(value, digits, kind):
    assert phones.normalise(value) == phones.PhoneReading(digits, kind)


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("1.38E+10", "lost_digits"),
        ("1.38e10", "lost_digits"),
        ("１．３８Ｅ＋１０", "lost_digits"),
        ("1.3800000001E+10", "lost_digits"),
        ("", "missing"),
        (None, "missing"),
        ("  ", "missing"),
        ("无", "phone"),
        ("1380000000", "phone"),
        ("138000000011", "phone"),
        (1380000000.5, "phone"),
        ("12800000001", "phone"),
        ("13800000001/13900000002", "phone"),
        ("2234567", "phone"),
    ],
)
def test_a_number_that_is_not_certain_is_refused(value, fault):
    reading = phones.normalise(value)
    assert (reading.digits, reading.kind, reading.fault, reading.ok) == ("", None, fault, False)
    assert reading.message and reading.suggestion


def test_local_numbers_take_the_area_they_are_given():
    assert phones.normalise("2234567", area="0997") == phones.PhoneReading("09972234567", "landline")


def test_phones_are_shown_and_masked():
    assert phones.display("13800000001") == "138 0000 0001"
    assert phones.display("09972234567") == "0997-2234567"
    assert phones.mask("13800000001") == "138****0001"
    assert phones.mask("09972234567") == "0997-***4567"
    assert phones.tail("13800000001") == "0001"


def test_figures():
    assert [numbers.count_zh(number) for number in (0, 9999, 10000, 12345, 45000, 120_000_000)] == [
        "0",
        "9999",
        "1万",
        "1.2万",
        "4.5万",
        "1.2亿",
    ]
    assert numbers.count_table(12345) == "12,345"
    assert [numbers.share_zh(7, 9), numbers.share_zh(50, 199), numbers.share_zh(50, 200), numbers.share_zh(0, 0)] == [
        "7/9",
        "50/199",
        "25.0%",
        "—",
    ]
    assert [numbers.small_count(number) for number in (0, 1, 4, 5)] == ["0", "少于5", "少于5", "5"]


def _id_number(first: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return first + "10X98765432"[sum(w * int(d) for w, d in zip(weights, first, strict=True)) % 11]


def test_identity_numbers_are_found_by_place_and_birth_date():
    number = _id_number("65292219900101001")
    text = f"我的身份证{number}，手机13800000001"
    assert find_ids(text) == [(5, 23)]
    assert take_out_ids(text) == ("我的身份证（身份证号已删去），手机13800000001", 1)
    spaced = f"{number[:6]} {number[6:14]} {number[14:]}"
    assert find_ids(spaced) == [(0, 20)]
    wide = "".join(chr(ord(sign) + 0xFEE0) if sign.isdigit() else sign for sign in number)
    assert find_ids(wide) == [(0, 18)]


def test_a_mistyped_identity_number_is_taken_out_too():
    number = _id_number("65292219900101001")
    wrong = number[:17] + ("1" if number[17] != "1" else "2")
    assert find_ids(wrong) == [(0, 18)]
    assert take_out_ids(f"身份证{wrong}办社保") == ("身份证（身份证号已删去）办社保", 1)
    assert take_out_ids("证件号码：652922900101001。") == ("证件号码：（身份证号已删去）。", 1)


def test_other_long_numbers_are_no_identity_numbers():
    number = _id_number("65292219900101001")
    assert find_ids("1" + number) == []
    assert find_ids(_id_number("65292219901301001")) == []
    assert find_ids(_id_number("65292219900230001")) == []
    assert find_ids(_id_number("99292219900101001")) == []
    assert find_ids("电表号652922900101001") == []


def test_an_identity_number_that_ends_in_x_is_found():
    number = next(n for n in (_id_number(f"6529221990010100{d}") for d in range(10)) if n.endswith("X"))
    assert find_ids(number.lower()) == [(0, 18)]


def test_direction_controls_go_and_lines_stay():
    assert strip_controls("a\u202eb\u2066c\u2069\u200f\nd\te\ufeff") == "abc\nd\te"
