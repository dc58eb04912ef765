"""Invented names of the customs one meets in one town: two and three characters, compound surnames, names with a
middle dot, one-word names. A name is drawn whole from one mixed list, so that nothing else can follow from it.
"""

from __future__ import annotations

import random

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊"
    "金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文单仇解区朴查"
)
_COMPOUND = ("欧阳", "司马", "上官", "诸葛", "尉迟", "皇甫")
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红娥玲芬彬清宁欣悦晨阳建国志文海林雪梅春秋月云山川东南西北新兴旺安康"
    "雨露风雷松柏竹兰菊荷佳琪浩宇子轩梓涵若曦思远博学致和立德"
)
_SHORT_GIVEN = ("一", "鸣", "富", "圆", "静", "洋", "森", "晨", "光", "兰", "强", "伟")
_WORDS = ["阿依古丽", "古丽娜尔", "帕提古丽", "热孜万古丽", "努尔比亚", "买买提", "艾力", "艾尔肯", "吐尔逊", "阿卜杜热合曼", "买买提伊明", "吐尔逊江", "阿迪力", "玛依拉", "米热古丽", "阿力木", "库尔班", "依明", "热合曼", "图尔荪", "巴哈尔", "迪丽努尔", "祖丽菲娅", "塔依尔", "居来提", "哈力克", "别克", "叶尔兰", "加娜", "阿依努尔", "赛里克", "巴特尔", "其其格", "乌云", "那仁", "萨仁", "才让", "卓玛", "扎西", "央金"]


def one(rng: random.Random) -> str:
    """A name."""
    kind = rng.random()
    if kind < 0.30:
        return rng.choice(_SURNAMES) + rng.choice(_GIVEN)
    if kind < 0.62:
        return rng.choice(_SURNAMES) + rng.choice(_GIVEN) + rng.choice(_GIVEN)
    if kind < 0.64:
        return rng.choice(_COMPOUND) + rng.choice(_SHORT_GIVEN)
    if kind < 0.92:
        return f"{rng.choice(_WORDS)}·{rng.choice(_WORDS)}"
    if kind < 0.96:
        return f"{rng.choice(_WORDS)}·{rng.choice(_WORDS)}{rng.choice(('伊明', '江', '阿吉', '别克'))}"
    return rng.choice(_WORDS)


def many(rng: random.Random, count: int) -> list[str]:
    """So many names, with a few homonyms as life has them."""
    found = [one(rng) for _ in range(count)]
    for _ in range(count // 60):
        found[rng.randrange(count)] = found[rng.randrange(count)]
    return found
