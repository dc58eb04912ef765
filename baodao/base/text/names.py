"""Names of persons: one regular form for storing, one for printing, one for screens of lower trust.

A name is never judged: any length up to 100, any script, with or without a dot.
"""

import re
import unicodedata

from baodao.base.text.controls import strip_controls

#: The longest name that is stored, in characters.
MAX_LENGTH = 100
#: The one dot between the parts of a name.
DOT = "\u00b7"
_COMPOUND = """
欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫
宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 令狐 呼延 子车
颛孙 巫马 公西 漆雕 乐正 壤驷 公良 拓跋 夹谷 宰父 谷梁 段干 百里 东郭 南门 羊舌 微生
梁丘 左丘 东门 西门 南荣 第五 完颜 纳兰 叶赫 淳于 单于 轩辕 欧侯 贺兰 达奚
"""
#: Surnames of two characters that are in use today.
COMPOUND_SURNAMES = frozenset(_COMPOUND.split())

_DOTS = "\u2022\u30fb\uff65\u2027\u2219\u22c5\uff0e\u00b7\u0387\u2024\u16eb\u318d\u25cf"
_HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN_NAME = re.compile(f"[{_HAN}{DOT}\\s]+")
_HAN_DOT = re.compile(f"(?<=[{_HAN}])\\s*[.\u3002]\\s*(?=[{_HAN}])")


class NameTooLong(ValueError):
    """The name is longer than 100 characters."""

    code = "too_long"


def normalise(text: str) -> str:
    """Return the form of a name that is stored, or an empty string where nothing is left.

    NFC; direction controls and invisible characters removed; every dot becomes U+00B7; inner
    spaces of names in Han characters dropped, of other names made single.
    Raises ``NameTooLong`` (code ``too_long``) above 100 characters.
    """
    name = unicodedata.normalize("NFC", strip_controls(text)).translate(dict.fromkeys(map(ord, _DOTS), DOT))
    name = _HAN_DOT.sub(DOT, name)
    name = re.sub(rf"\s*{DOT}[{DOT}\s]*", DOT, name).strip(f"{DOT} \t\r\n\u3000\u00a0'’")
    name = re.sub(r"\s+", "" if _HAN_NAME.fullmatch(name) else " ", name)
    if len(name) > MAX_LENGTH:
        raise NameTooLong(f"姓名最多 {MAX_LENGTH} 个字")
    return name


def is_han(name: str) -> bool:
    """Tell whether a regular name is written in Han characters only (dots allowed).

    This chooses spacing and padding, nothing else.
    """
    return bool(name) and _HAN_NAME.fullmatch(name) is not None


def surname(name: str) -> str:
    """Return what a person is addressed by: 李 of 李强, 欧阳 of 欧阳修, 阿依古丽 of 阿依古丽·吐尔逊.

    A name in another form than a Han surname with one or two characters is returned up to its
    first dot, never cut.
    """
    head = name.split(DOT)[0]
    if head != name or not is_han(name):
        return head
    if len(name) in (3, 4) and name[:2] in COMPOUND_SURNAMES:
        return name[:2]
    return name[0] if len(name) <= 3 else name


def mask(name: str) -> str:
    """Return the name for screens of lower trust: 王*, 王**, 阿**·吐**.

    Each part keeps its first character; at most two stars, so that the length is not told either.
    """
    return DOT.join(part[0] + "*" * min(max(len(part) - 1, 1), 2) for part in name.split(DOT) if part)


def display_padded(name: str) -> str:
    """Return the name for a printed column: 王　强 with U+3000 for two Han characters, else unchanged."""
    return f"{name[0]}\u3000{name[1]}" if len(name) == 2 and is_han(name) and DOT not in name else name
