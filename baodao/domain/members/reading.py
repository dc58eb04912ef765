"""Words of ledgers and forms as codes: times, wishes, languages, kinds; and codes as the words that are printed.

What is not understood is handed back as written, never guessed and never a fault.
"""

from __future__ import annotations

import re
import unicodedata

from baodao.base.days import offered
from baodao.base.days.service_days import SLOT_DAYS, SLOT_PARTS
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
def plain(text: str) -> str:
    """A word as it is compared: width and spaces made regular."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def read_slots(text: str) -> tuple[list[str], str]:
    """A cell of times as (slot codes in the order of the form, what was not understood)."""
    if plain(text) in _NOTHING - {"不限"}:
        return [], ""
    found = offered.parse(text)
    return list(found.slots), "、".join(found.unknown)[:60]


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
    return offered.label(slots)


def slots_short(slots: list[str]) -> str:
    """Slots as a list has room for: 工作日晚、周末、节假日; a day with two parts is named by itself."""
    parts = {day: [part for part in SLOT_PARTS if f"{day}_{part}" in slots] for day in SLOT_DAYS}
    if all(len(found) == len(SLOT_PARTS) for found in parts.values()):
        return "随时"
    weekend = parts["saturday"] == parts["sunday"] != []
    said = []
    for day, found in parts.items():
        if found and not (weekend and day == "sunday"):
            word = "周末" if weekend and day == "saturday" else SLOT_DAYS[day]
            said.append(word + (SLOT_PARTS[found[0]].removesuffix("上") if found == ["evening"] else
                                SLOT_PARTS[found[0]] if len(found) == 1 else ""))
    return "、".join(said)


def wishes_label(codes: list[str]) -> str:
    """Wishes as words for a list."""
    return "、".join(WISHES[code][0] for code in codes if code in WISHES)


def languages_label(codes: list[str]) -> str:
    """Languages as words, for the member's own record."""
    return "、".join(LANGUAGES[code][0] for code in codes if code in LANGUAGES)
