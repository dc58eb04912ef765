"""Pinyin of names, computed once when a name is written, for search and for order on screens.

``pypinyin`` is read only when a name is written, so that pages never wait for its tables.
It reads many surnames by their everyday sound; ``SURNAMES`` sets them right.
"""

import re
from dataclasses import dataclass

from baodao.base.text.names import COMPOUND_SURNAMES, DOT, is_han

_READINGS = """
单:shan 仇:qiu 解:xie 区:ou 朴:piao 查:zha 曾:zeng 翟:zhai 盖:ge 缪:miao 员:yun 种:chong 繁:po 覃:qin 冼:xian
洗:xian 逄:pang 折:she 黑:he 宁:ning 任:ren 华:hua 尉:wei 乐:yue 佴:nai 郇:xun 那:na 曲:qu 燕:yan 葛:ge 纪:ji
过:guo 牟:mou 莘:shen 石:shi 召:shao 隗:wei 贲:ben 秘:bi 观:guan 祭:zhai 都:du 应:ying 车:che 句:gou 钭:tou
卜:bu 相:xiang 费:fei 阚:kan 谌:chen 晟:cheng 乜:nie 薄:bo 柏:bai 么:yao 幺:yao 能:nai 占:zhan 於:yu 盛:sheng
长:chang 重:chong 行:xing 炅:gui 宿:su 郗:xi 宓:mi 訾:zi 教:jiao 便:bian 角:jue 参:shen 令:ling 哈:ha 撒:sa
洪:hong 瞿:qu 沈:shen 郄:qie 厍:she 仝:tong 逯:lu 呙:guo 笪:da 臧:zang 塔:ta 万:wan 尹:yin
"""
#: Readings of characters as surnames where the everyday reading differs or wavers (GB/T 28039, dictionaries).
SURNAMES = dict(pair.split(":") for pair in _READINGS.split())
_COMPOUND = {"尉迟": "yu chi", "万俟": "mo qi", "澹台": "tan tai", "长孙": "zhang sun", "单于": "chan yu",
             "令狐": "ling hu", "子车": "zi ju", "乐正": "yue zheng", "宰父": "zai fu"}  # fmt: skip
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Pinyin:
    """The sound of a name: ``spaced`` orders names, ``full`` and ``initials`` find them."""

    spaced: str

    @property
    def full(self) -> str:
        """All syllables in one word: ``wangqiang``."""
        return self.spaced.replace(" ", "")

    @property
    def initials(self) -> str:
        """First letters: ``wq``."""
        return "".join(part[0] for part in self.spaced.split())


def read(name: str) -> Pinyin:
    """Return the pinyin of a regular name (see ``names.normalise``); ü is written v.

    The dot is ignored. The surname table holds for Han names of two to four characters without
    a dot. Letters of other scripts stay, in lower case.
    """
    from pypinyin import lazy_pinyin

    head, rest = _surname_sound(name)
    syllables = head + [part.lower() for part in lazy_pinyin(rest.replace(DOT, " "))]
    return Pinyin(" ".join(word for part in syllables for word in _WORD.findall(part)))


def _surname_sound(name: str) -> tuple[list[str], str]:
    """Split off a surname with a reading of its own: (its syllables, the rest of the name)."""
    if not (is_han(name) and DOT not in name and 2 <= len(name) <= 4):
        return [], name
    if len(name) > 2 and name[:2] in COMPOUND_SURNAMES:
        sound = _COMPOUND.get(name[:2])
        return (sound.split(), name[2:]) if sound else ([], name)
    sound = SURNAMES.get(name[0])
    return ([sound], name[1:]) if sound else ([], name)
