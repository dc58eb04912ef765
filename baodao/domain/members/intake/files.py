"""Bytes of a ledger to a draft (``base.papers.sheet.draft``): what must not be kept about a person never gets in."""

from __future__ import annotations

import re

from baodao.base.papers.sheet import draft as draft_of
from baodao.base.papers.sheet.draft import Draft, field_of, kept_text
from baodao.base.papers.sheet.ledger_words import FORBIDDEN, LEDGER
from baodao.base.text.free import ID_PLACEHOLDER
from baodao.domain.members.intake.problems import HEADINGS, Problem

__all__ = ["Draft", "field_of", "kept_text"]
NO_HEAD = ("没有认出表头", "表头里要有姓名，再有工作单位、联系电话中的一项；可以先下载空白表对照")
NO_NAME = ("这张表没有姓名列，没有读", "是汇总表就不用管；是名单就补上“姓名”这一列")
REMARK_PLACEHOLDER = "（不能留的内容已删去）"
PHONE_PLACEHOLDER = "（电话已删去）"
#: What a unit's liaison does not say for a member: it is the member's own word, or the community's to write down.
NOT_A_UNITS = ("skills", "wishes", "availability", "languages", "reported_on", "receipt_on", "team", "note")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d[ \-]?\d{4}[ \-]?\d{4}(?!\d)")
_PEOPLES = re.compile(
    r"(?:汉|维吾尔|哈萨克|回|蒙古|柯尔克孜|塔吉克|锡伯|满|乌孜别克|藏|俄罗斯|达斡尔|塔塔尔|壮|苗|土家|东乡|少数民)族"
)


def read(data: bytes, filename: str) -> tuple[Draft, bytes]:
    """(draft, clean copy) of a ledger. Raises ``SheetFault`` in words for what cannot be read."""
    return draft_of.read(data, filename, LEDGER, no_head=NO_HEAD, keep=_kept)


def _kept(field: str | None, text: str) -> str:
    return REMARK_PLACEHOLDER if field == "note" and forbidden_in(text) else text


def kept_out(draft: Draft) -> tuple[str, ...]:
    """The fields that are not read of this file, because whoever brought it may not say them."""
    return NOT_A_UNITS if draft.get("by_unit") else ()


def fields_of(draft: Draft, place: int) -> dict[str, tuple[int, str]]:
    """field → (column, heading) of a table; of several columns for one field the first counts."""
    return draft_of.fields_of(draft, place, without=kept_out(draft))


def spares(draft: Draft, place: int) -> dict[str, list[int]]:
    """field → further columns of a table that mean the same: they count where the first one is empty."""
    found: dict[str, list[int]] = {}
    for column in draft["tables"][place]["columns"]:
        if column["repeated"] and f"{place}:{column['i']}" not in draft["columns"]:
            found.setdefault(column["repeated"], []).append(column["i"])
    return found


def without_phones(text: str) -> tuple[str, bool]:
    """(a free text without mobile numbers, were there any): a number belongs into its own sealed column."""
    clean = _MOBILE.sub(PHONE_PLACEHOLDER, text)
    return clean, clean != text


def forbidden_in(text: str) -> str:
    """What a free remark tells about a person that must not be kept, or an empty string."""
    if text == REMARK_PLACEHOLDER:
        return "不能留"
    text = text.replace(ID_PLACEHOLDER, "")
    if _PEOPLES.search(text):
        return "民族"
    return next((label for label, pattern in FORBIDDEN.items() if pattern.search(text)), "")


def column_problems(draft: Draft) -> list[Problem]:
    """Warnings about whole columns and tables: dropped, not understood, without names."""
    found = []
    for place, table in enumerate(draft["tables"]):
        if not table["named"]:
            found.append(Problem(table["sheet"], table["head_row"], None, None, "file", *NO_NAME))
            continue
        for column in table["columns"]:
            if column["forbidden"]:
                found.append(
                    Problem(table["sheet"], None, column["heading"], None, "forbidden_column",
                            f"“{column['heading']}”这一列不保存，已经去掉", "这一列的内容不会留在任何地方")
                )
            elif field_of(draft, place, column["i"]) in kept_out(draft):
                found.append(
                    Problem(table["sheet"], None, column["heading"], None, "not_a_units",
                            f"“{column['heading']}”这一列由本人说、社区记，没有读", "要改请党员告诉社区专干")
                )
            elif field_of(draft, place, column["i"]) is None and not column["repeated"]:
                found.append(
                    Problem(table["sheet"], None, column["heading"], None, "unknown_column",
                            f"“{column['heading']}”这一列认不出，没有读", "要读就在“认表头”里指定，或改成常用的表头")
                )
    return found


def choices() -> list[tuple[str, str]]:
    """The fields a column may be said to be, for the correction of heads."""
    return [("", "不读这一列"), *((key, word) for key, word in HEADINGS.items() if key != "seq")]
