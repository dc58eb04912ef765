"""承诺书 and the poster of commitments (domain.md §2.5, ux.md §1.8).

The commitment of one member carries the name in full, because the member signs it. The poster carries the form of name
each member chose, the promise and its time, no telephone of a person, no emblem, its order and its validity in print.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.days.months import Month
from baodao.base.papers import pdf as typeset
from baodao.base.papers import qr
from baodao.base.papers.word import KAITI, Paper
from baodao.domain.columns import under
from baodao.domain.members import selectors as members
from baodao.domain.orgs import selectors as orgs
from baodao.domain.posts import selectors
from baodao.domain.posts.models import Commitment
from baodao.domain.posts.states import CommitmentState

SHEET = Path(__file__).with_name("commitment.typ")
POSTER = Path(__file__).with_name("poster.typ")
_SHOWN = (CommitmentState.DRAFTED, CommitmentState.SUBMITTED, CommitmentState.SHOWN, CommitmentState.ADJUSTED)
_ORDER = {"surname": "按姓氏笔画为序", "name": "按姓名笔画为序"}


def commitments_pdf(actor: Actor, path: str, *, member: str = "") -> bytes:
    """One page a commitment, to be signed; a blank form when there is none."""
    return typeset.pdf(SHEET, {"sheets": _sheets(actor, path, member), "title": "服务承诺书"})


def commitments_docx(actor: Actor, path: str, *, member: str = "") -> bytes:
    """The same as Word."""
    paper = Paper(title="服务承诺书")
    for index, sheet in enumerate(_sheets(actor, path, member)):
        paper.title("服务承诺书", size=22, new_page=index > 0)
        paper.line(f"编号 {sheet['code']}", size=10.5, align="right", height=20)
        rows = [
            ["姓名", sheet["name"]], ["单位", sheet["unit"]], ["社区", sheet["community"]], ["认领岗位", sheet["post"]],
            ["服务目标", sheet["goal"]], ["服务时间", sheet["when"]], ["质量标准", sheet["quality"]], ["完成时限", sheet["until"]],
        ]  # fmt: skip
        paper.table(["承诺", "内容"], rows, [34, 140], size=12, height=12)
        paper.line(f"我承诺按上面写的做。做得怎么样，请群众监督：{sheet['help']}。", font=KAITI, size=12, height=24)
        paper.line("本人签名：＿＿＿＿＿＿＿＿　　　　　　年　　月　　日", height=34)
        paper.line(f"社区党组织审核意见：{sheet['review'] or '＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿'}", height=34)
        paper.line("（盖章）　　　　年　　月　　日", align="right", height=34)
    return paper.content()


def poster_pdf(actor: Actor, community: str, month: str, site: str) -> bytes:
    """The A3 poster of a community's month; ``site`` is the address its codes lead to."""
    return typeset.pdf(POSTER, poster_data(actor, community, month, site))


def poster_png(actor: Actor, community: str, month: str, site: str) -> bytes:
    """Its first page as a picture for a chat group."""
    return typeset.png(POSTER, poster_data(actor, community, month, site), ppi=72)[0]


def poster_data(actor: Actor, community: str, month: str, site: str) -> dict[str, Any]:
    """What the poster says."""
    org, value = orgs.by_path(community), Month.parse(month)
    order = str(orgs.setting(paths.town_of(community), "name_order"))
    help_line = orgs.help_line(community)
    place = next(iter(orgs.places(community)), None)
    start = f"{site}/q/{place.place_code if place else org.org_code}"
    return {
        "community": org.name,
        "month": f"{value.year} 年 {value.number} 月",
        "rows": [_line(row) for row in _hanging(community, value, order)],
        "phone": help_line.get("phone", ""),
        "address": org.address,
        "need_qr": qr.svg(start, outdoors=True, quiet=0),
        "board_qr": qr.svg(f"{site}/board/{org.org_code}/", outdoors=True, quiet=0),
        "order": f"{_ORDER.get(order, _ORDER['surname'])}。名字怎么写由本人选定。",
        "issuer": f"{org.name}党组织",
        "printed": _day(clock.today()),
        "valid": f"有效到 {value.last.month} 月 {value.last.day} 日",
        "title": f"{org.name}{value.label}党员承诺",
    }


def _hanging(community: str, month: Month, order: str) -> list[Commitment]:
    rows = Commitment.objects.filter(under("community_path", community), state__in=selectors.OPEN_COMMITMENTS)
    rows = rows.filter(shown_since__lte=month.last).exclude(shown_until__lt=month.first)
    key = "member__sort_name" if order == "name" else "member__sort_surname"
    return list(rows.select_related("post", "member").order_by(key, "member__name", "post__name", "pk"))


def _line(row: Commitment) -> dict[str, str]:
    adjusted = f"（已调整：{row.outcome}）" if row.state == CommitmentState.ADJUSTED and row.outcome else ""
    return {
        "post": row.post.name,
        "name": members.shown_name(row.member) or "社区党员",
        "goal": row.goal + adjusted,
        "quality": row.quality,
        "when": row.when,
    }


def _sheets(actor: Actor, path: str, member: str) -> list[dict[str, str]]:
    rows = selectors.commitments_visible(actor).filter(under("community_path", path), state__in=_SHOWN)
    if member:
        rows = rows.filter(member__code=member)
    rows = rows.select_related("post__community", "member").prefetch_related("member__employments__unit")
    return [_sheet(row) for row in rows] or [_blank(path)]


def _blank(path: str) -> dict[str, str]:
    keys = ("code", "name", "unit", "community", "post", "goal", "when", "quality", "until", "review", "behalf")
    return dict.fromkeys(keys, "") | {"help": _help(path), "community": orgs.by_path(path).name}


def _sheet(row: Commitment) -> dict[str, str]:
    unit = members.unit_of(row.member)
    return {
        "code": row.code,
        "name": row.member.name,
        "unit": unit.name if unit else "社区党员",
        "community": row.post.community.name,
        "post": row.post.name,
        "goal": row.goal,
        "when": row.when,
        "quality": row.quality,
        "until": _day(row.shown_until) if row.shown_until else "",
        "review": row.review_words,
        "behalf": "本人要求，社区代办" if row.is_on_behalf else "",
        "help": _help(row.community_path),
    }


def _help(path: str) -> str:
    line = orgs.help_line(path)
    return f"{line['name']} {line['phone']}" if line else ""


def _day(day: Any) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日"
