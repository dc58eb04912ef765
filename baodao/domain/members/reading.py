"""Words of ledgers and forms as codes: times, wishes, languages, kinds; and codes as the words that are printed.

What is not understood is handed back as written, never guessed and never a fault.
"""

from __future__ import annotations

import re
import unicodedata

from baodao.base.days.service_days import SLOT_DAYS, SLOT_PARTS, SLOTS
from baodao.domain.members.states import MemberKind

#: Kinds of post a member may wish for (the codes of ``posts.states.PostKind``) with the words used for them.
WISHES: dict[str, tuple[str, ...]] = {
    "patrol": ("治安巡逻", "巡逻", "治安", "平安巡逻", "护学", "治安防范"),
    "volunteer": ("志愿服务", "志愿", "公益", "环境卫生", "清洁", "环境整治", "环保", "文明创建", "便民服务"),
    "home_service": ("家政服务", "家政", "维修", "家电维修", "水电维修", "助老", "帮扶", "便民维修", "敬老", "照料"),
    "policy": ("政策宣传", "政策", "宣传", "宣讲", "政策宣讲", "政策解读", "理论宣讲"),
    "bilingual": ("双语培训", "双语", "培训", "辅导", "教学", "语言培训", "作业辅导", "教育辅导", "青少年辅导"),
    "employment": ("就业引导", "就业", "就业指导", "就业服务", "创业指导", "招聘"),
    "legal": ("法律咨询", "法律", "法律服务", "普法", "法律援助", "调解", "矛盾调解"),
    "medical": ("医疗健康", "医疗", "健康", "义诊", "医疗服务", "卫生健康", "医疗卫生"),
    "psychology": ("心理支持", "心理", "心理疏导", "心理咨询", "心理健康"),
    "culture": ("文体活动", "文体", "文艺", "文化", "体育", "文化活动", "文艺体育", "文化体育"),
    "remote": ("远程服务", "远程", "线上", "线上服务", "翻译"),
    "emergency": ("应急备勤", "应急", "抢险", "应急救援", "应急处置"),
    "open_day": ("公开日", "开放日"),
}
#: Languages a member may offer; the first word is printed on the member's own record.
LANGUAGES: dict[str, tuple[str, ...]] = {
    "zh": ("国家通用语言", "普通话", "汉语", "国语", "中文", "国通语", "汉"),
    "ug": ("维吾尔语", "维语", "维吾尔", "维"),
    "kk": ("哈萨克语", "哈语", "哈萨克"),
    "ky": ("柯尔克孜语", "柯语", "柯尔克孜"),
    "mn": ("蒙古语", "蒙语", "蒙古"),
    "tg": ("塔吉克语", "塔吉克"),
    "uz": ("乌孜别克语", "乌孜别克"),
    "sjo": ("锡伯语", "锡伯"),
    "bo": ("藏语",),
    "ru": ("俄语", "俄"),
    "en": ("英语", "英文", "英"),
    "ja": ("日语",),
    "sign": ("手语",),
}
_SPLIT = re.compile(r"[、,，;；/／|\s+]+")
_NOTHING = {"", "无", "暂无", "没有", "不限", "不详", "-", "—", "/"}
_PARTS = {"上午": ("morning",), "早上": ("morning",), "早晨": ("morning",), "中午": ("afternoon",),
          "下午": ("afternoon",), "晚上": ("evening",), "晚间": ("evening",), "夜间": ("evening",), "傍晚": ("evening",),
          "下班后": ("evening",), "晚": ("evening",), "白天": ("morning", "afternoon"), "全天": tuple(SLOT_PARTS),
          "整天": tuple(SLOT_PARTS), "业余": ("evening",)}  # fmt: skip
_DAYS = {"工作日": ("workday",), "平时": ("workday",), "周一至周五": ("workday",), "周一到周五": ("workday",),
         "周末": ("saturday", "sunday"), "双休日": ("saturday", "sunday"), "双休": ("saturday", "sunday"),
         "休息日": ("saturday", "sunday"), "周六": ("saturday",), "星期六": ("saturday",), "周日": ("sunday",),
         "星期日": ("sunday",), "星期天": ("sunday",), "周天": ("sunday",), "周六日": ("saturday", "sunday"),
         "节假日": ("holiday",), "假期": ("holiday",), "节日": ("holiday",), "法定节假日": ("holiday",), "假日": ("holiday",),
         "每天": tuple(SLOT_DAYS), "随时": tuple(SLOT_DAYS), "都可以": tuple(SLOT_DAYS), "均可": tuple(SLOT_DAYS),
         "任何时间": tuple(SLOT_DAYS), "全天": tuple(SLOT_DAYS)}  # fmt: skip
_DAY = re.compile("|".join(sorted(map(re.escape, _DAYS), key=len, reverse=True)))
_PART = re.compile("|".join(sorted(map(re.escape, _PARTS), key=len, reverse=True)))
_FILLER = re.compile(r"[的和及与或、,，;；/／\s()（）]|时间|可以|均可|都行|都可|有空|空闲|期间|时段|参加")


def plain(text: str) -> str:
    """A word as it is compared: width and spaces made regular."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def read_slots(text: str) -> tuple[list[str], str]:
    """A cell of times as (slot codes in the order of the form, what was not understood)."""
    found: set[str] = set()
    lost: list[str] = []
    days: tuple[str, ...] = ()
    joined = re.sub(r"\s+(?=[上下]午|晚|早|中午|白天|夜)", "", unicodedata.normalize("NFKC", text))
    for piece in re.split(r"[、,，;；/／|\s]+", joined):
        if piece in _NOTHING:
            continue
        codes, days = _slots_of(piece, days)
        found.update(codes)
        if not codes:
            lost.append(piece)
    return [code for code in SLOTS if code in found], "、".join(lost)[:60]


def _slots_of(piece: str, before: tuple[str, ...]) -> tuple[set[str], tuple[str, ...]]:
    """The slots of one piece and the days it named; 上午 after 周六 belongs to that day."""
    label = next((code for code, words in SLOTS.items() if words == piece), "")
    if label:
        return {label}, (label.split("_")[0],)
    days = tuple(day for match in _DAY.findall(piece) for day in _DAYS[match])
    rest = _DAY.sub("", piece)
    parts = tuple(part for match in _PART.findall(rest) for part in _PARTS[match])
    rest = _FILLER.sub("", _PART.sub("", rest))
    if rest or not (days or parts):
        return set(), before
    on = days or before or ("workday", "saturday", "sunday")
    return {f"{day}_{part}" for day in on for part in (parts or SLOT_PARTS)}, days or before


def _read_words(text: str, table: dict[str, tuple[str, ...]]) -> tuple[list[str], list[str]]:
    known, lost = [], []
    for piece in _SPLIT.split(unicodedata.normalize("NFKC", text)):
        word = plain(piece).strip("。.")
        if word in _NOTHING:
            continue
        code = next((code for code, words in table.items() if word in words or word == code), "")
        code = code or next((code for code, words in table.items() if len(words[0]) > 1 and words[0] in word), "")
        if code and code not in known:
            known.append(code)
        elif not code:
            lost.append(word[:20])
    return known, lost


def read_wishes(text: str) -> tuple[list[str], list[str]]:
    """A cell of wishes as (kinds of post, words not understood)."""
    return _read_words(text, WISHES)


def read_languages(text: str) -> tuple[list[str], list[str]]:
    """A cell of languages as (codes, words not understood)."""
    return _read_words(text, LANGUAGES)


def read_kind(text: str) -> str:
    """在职 or 社区; empty means 在职."""
    word = plain(text)
    return MemberKind.COMMUNITY if "社区" in word or "居民" in word or "直管" in word else MemberKind.IN_SERVICE


def slots_label(slots: list[str]) -> str:
    """Slots as a short phrase for a list: 工作日晚上、周末."""
    left = set(slots)
    said = []
    for days, word in ((tuple(SLOT_DAYS), "每天"), (("saturday", "sunday"), "周末")):
        whole = {f"{day}_{part}" for day in days for part in SLOT_PARTS}
        if whole <= left:
            said.append(word)
            left -= whole
    for day, word in SLOT_DAYS.items():
        whole = {f"{day}_{part}" for part in SLOT_PARTS}
        if whole <= left:
            said.append(word)
        else:
            said += [SLOTS[f"{day}_{part}"] for part in SLOT_PARTS if f"{day}_{part}" in left]
    return "、".join(said)


def wishes_label(codes: list[str]) -> str:
    """Wishes as words for a list."""
    return "、".join(WISHES[code][0] for code in codes if code in WISHES)


def languages_label(codes: list[str]) -> str:
    """Languages as words, for the member's own record."""
    return "、".join(LANGUAGES[code][0] for code in codes if code in LANGUAGES)
