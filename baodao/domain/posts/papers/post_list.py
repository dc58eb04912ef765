"""岗位设置表 (domain.md §2.4): what a community offers, as sheet and as Word."""

from __future__ import annotations

from typing import Any

from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.papers.sheet.writer import Field, Form, as_form
from baodao.base.papers.word import Paper
from baodao.domain.columns import under
from baodao.domain.members import skills
from baodao.domain.orgs import selectors as orgs
from baodao.domain.posts import patterns, selectors
from baodao.domain.posts.models import Claim, Post, PostNeed
from baodao.domain.posts.states import ClaimState, PostState

FIELDS = [
    Field("seq", "序号", 5), Field("code", "岗位编号", 12, is_code=True), Field("community", "社区", 10),
    Field("name", "岗位名称", 14), Field("kind", "岗位类别", 10), Field("needs", "设岗依据", 9),
    Field("duties", "岗位职责", 24), Field("skill", "能力和资质", 12), Field("people", "人数（最少/最多）", 9),
    Field("times", "服务时间", 16), Field("place", "地点", 12), Field("span", "起止", 13), Field("hazard", "风险和保险", 12),
    Field("two", "两人同行", 8), Field("leader", "负责人", 10), Field("quality", "质量标准", 16), Field("holders", "认领", 7),
    Field("state", "状态", 7),
]  # fmt: skip
_WORD = ("seq", "name", "kind", "needs", "duties", "skill", "people", "times", "place", "hazard", "leader", "quality")
_WORD_WIDTHS = (10, 28, 20, 20, 44, 24, 18, 30, 22, 20, 20, 24)


def post_list_xlsx(actor: Actor, path: str) -> bytes:
    """The list as a sheet on A4 landscape."""
    return as_form(FIELDS, _rows(actor, path), _form(path))


def post_list_docx(actor: Actor, path: str) -> bytes:
    """The list as a Word table; what is narrow on paper is left to the sheet."""
    form, heads = _form(path), {field.key: field.heading for field in FIELDS}
    paper = Paper(landscape=True, title=form.title)
    paper.title(form.title, size=18)
    day = form.made_on or clock.today()
    paper.line(f"制表单位：{form.made_by}　　　　{day.year}年{day.month}月{day.day}日", size=10.5, height=22)
    rows = [[str(row[key]) for key in _WORD] for row in _rows(actor, path)]
    paper.table([heads[key] for key in _WORD], rows, _scaled(_WORD_WIDTHS, 261), size=9)
    paper.line("　　".join(f"{word}：＿＿＿＿＿＿＿＿" for word in form.signatures), height=28)
    return paper.content()


def _scaled(widths: tuple[int, ...], whole: float) -> list[float]:
    return [width * whole / sum(widths) for width in widths]


def _form(path: str) -> Form:
    place = orgs.by_path(path).name
    return Form(f"{place}岗位设置表", place, clock.today(), "", ("制表", "社区党组织书记", "镇党委（审核）"))


def _rows(actor: Actor, path: str) -> list[dict[str, Any]]:
    posts = list(selectors.visible(actor).filter(under("community_path", path)).exclude(state=PostState.CLOSED))
    keys = [post.pk for post in posts]
    held = list(Claim.objects.filter(post__in=keys, state=ClaimState.HELD).values_list("post_id", flat=True))
    based = list(PostNeed.objects.filter(post__in=keys).values_list("post_id", flat=True))
    return [_row(number, post, held.count(post.pk), based.count(post.pk)) for number, post in enumerate(posts, 1)]


def _row(number: int, post: Post, held: int, based: int) -> dict[str, Any]:
    wanted = [skills.label(post.skill) if post.skill else "", post.certificate]
    return {
        "seq": number,
        "code": post.code,
        "community": post.community.short_name or post.community.name,
        "name": post.name,
        "kind": post.get_kind_display(),
        "needs": f"{based} 件诉求" if based else "常设",
        "duties": post.duties,
        "skill": "、".join(word for word in wanted if word) or "不限",
        "people": f"{post.min_people}/{post.max_people}",
        "times": patterns.words(post.pattern) or "另行约定",
        "place": "远程" if post.remote else post.place,
        "span": f"{post.since:%Y-%m-%d} 起" + (f"至 {post.until:%Y-%m-%d}" if post.until else ""),
        "hazard": post.get_hazard_display() + (f"，{post.insurance}" if post.insurance else ""),
        "two": "是" if post.two_person else "",
        "leader": post.leader.name if post.leader else "",
        "quality": post.quality,
        "holders": held or "",
        "state": post.get_state_display(),
    }


def held_posts(path: str) -> dict[int, str]:
    """The names of the posts that members hold under a path, by the member's key."""
    rows = Claim.objects.filter(under("post__community_path", path), state=ClaimState.HELD).order_by("post__name")
    found: dict[int, list[str]] = {}
    for member, name in rows.values_list("member_id", "post__name"):
        found.setdefault(member, []).append(name)
    return {member: "、".join(names) for member, names in found.items()}
