"""Making, changing, opening, pausing and closing posts; naming who leads one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from django.utils.translation import gettext as _

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.text.controls import strip_controls
from baodao.base.verdict import Difference, Refused, Stale, must
from baodao.domain.accounts import selectors as accounts
from baodao.domain.audit.services import move, record, save_if_version, service
from baodao.domain.needs import services as needs
from baodao.domain.needs.states import NeedState
from baodao.domain.posts import patterns, rules
from baodao.domain.posts.catalogue import template as template_of
from baodao.domain.posts.models import Post, PostNeed
from baodao.domain.posts.rows import NewPost
from baodao.domain.posts.states import POST_TRANSITIONS, PostState

WORDS = ("name", "duties", "place", "certificate", "insurance", "quality")


def _values(row: NewPost) -> dict[str, Any]:
    found = {one.name: getattr(row, one.name) for one in fields(row)}
    for name in WORDS:
        found[name] = strip_controls(str(found[name])).strip()
    found["pattern"] = _pattern(found["pattern"])
    found["since"] = row.since or clock.today()
    must(rules.why_not_post(found))
    return found


def _pattern(rows: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    try:
        return patterns.clean(rows)
    except ValueError as error:
        raise Refused(str(error), code="pattern") from None


def _check_supervisors(community: str, named: set[int | None]) -> None:
    """Whoever confirms is of the community's staff."""
    if named - {None} - {key for key, _words in accounts.staff_of(community).values()}:
        raise Refused(_("确认人要选本社区的专干、书记或网格员。"), code="supervisor")


@service
def make_posts_many(*, actor: Actor, community: Any, rows: Iterable[NewPost]) -> list[Post]:
    """Draft posts of a community, in one insert. Refused when a row lacks a name or its numbers do not fit."""
    must(rules.may_keep(actor, community.path))
    town, made, rows = paths.town_of(community.path), [], list(rows)
    _check_supervisors(community.path, {row.supervisor_account for row in rows})
    for row in rows:
        post = Post(town=town, community=community, community_path=community.path, **_values(row))
        post.stamp()
        made.append(post)
    Post.objects.bulk_create(made, batch_size=200)
    for post in made:
        record("post.made", actor=actor, subject=post, town=town, data={"kind": post.kind})
    return made


@service
def make_post(*, actor: Actor, community: Any, row: NewPost) -> Post:
    """One draft post."""
    return make_posts_many(actor=actor, community=community, rows=[row])[0]


@service
def make_from_need(*, actor: Actor, need: Any, template: str = "", row: NewPost | None = None) -> Post:
    """A post for a need of the community, from a template of the catalogue or from what was typed; the need is assigned.

    The resident's text never enters the post: the desk writes what is to be done.
    """
    if row is None:
        found = template_of(template)
        if found is None:
            raise Refused(_("选一个岗位样子，或者自己写。"), code="template")
        row = NewPost(**found.values(), estate=need.estate, place=need.place_name)
    post = make_post(actor=actor, community=need.community, row=row)
    PostNeed.objects.create(post=post, need=need)
    record("post.from_need", actor=actor, subject=post, town=post.town, data={"need": need.code})
    if need.state == NeedState.ACCEPTED:
        needs.assign(actor=actor, need=need, subject_code=post.code)
    return post


@service
def change_post(*, actor: Actor, post: Post, version: int, changes: dict[str, Any]) -> Post:
    """Amend a post; shifts already made keep what they were made with. An open post must stay fit to be open."""
    must(rules.may_keep(actor, post.community_path))
    wanted = {key: value for key, value in changes.items() if key in rules.LABELS}
    for name in WORDS:
        if name in wanted:
            wanted[name] = strip_controls(str(wanted[name])).strip()
    if "pattern" in wanted:
        wanted["pattern"] = _pattern(wanted["pattern"])
    if wanted.get("supervisor_account", post.supervisor_account) != post.supervisor_account:
        _check_supervisors(post.community_path, {wanted["supervisor_account"]})
    merged = {one.name: getattr(post, one.name) for one in fields(NewPost)} | wanted
    must(rules.why_not_post(merged))
    if post.state == PostState.OPEN:
        must(rules.may_open(Post(**{key: value for key, value in merged.items() if key not in ("since", "until")})))
    try:
        save_if_version(post, version=version, changes=wanted, labels=rules.LABELS)
    except Stale as stale:
        raise _with_names(stale) from None
    record("post.changed", actor=actor, subject=post, town=post.town, data={"fields": sorted(wanted)})
    return post


def _with_names(stale: Stale) -> Stale:
    """Who confirms is told by name in the two texts, never by a number."""
    shown = []
    for one in stale.differences:
        if one.field == "supervisor_account":
            keys = {int(text) for text in (one.mine, one.theirs) if text.isdigit()}
            names = {str(key): name for key, name in accounts.names(keys).items()}
            one = Difference(one.field, one.label, names.get(one.mine, ""), names.get(one.theirs, ""))
        shown.append(one)
    return Stale(stale.subject, shown)


@service
def open_posts_many(*, actor: Actor, posts: Iterable[Post]) -> list[Post]:
    """Offer posts: each has a leader, a quality standard and, where there is a hazard, its insurance."""
    opened = list(posts)
    for post in opened:
        must(rules.may_keep(actor, post.community_path))
        must(rules.may_open(post))
        move(post, to=PostState.OPEN, transitions=POST_TRANSITIONS)
        record("post.opened", actor=actor, subject=post, town=post.town)
    return opened


@service
def open_post(*, actor: Actor, post: Post) -> Post:
    """Offer one post."""
    return open_posts_many(actor=actor, posts=[post])[0]


@service
def pause_post(*, actor: Actor, post: Post) -> Post:
    """暂停: no new shifts and no new holders; what was accepted stays."""
    must(rules.may_keep(actor, post.community_path))
    move(post, to=PostState.PAUSED, transitions=POST_TRANSITIONS)
    record("post.paused", actor=actor, subject=post, town=post.town)
    return post


@service
def close_post(*, actor: Actor, post: Post) -> Post:
    """End a post from today on; its records and commitments stay."""
    must(rules.may_keep(actor, post.community_path))
    move(post, to=PostState.CLOSED, transitions=POST_TRANSITIONS)
    post.until = clock.today()
    post.save(update_fields=["until"])
    record("post.closed", actor=actor, subject=post, town=post.town)
    return post


@service
def name_leader(*, actor: Actor, post: Post, member: Any, version: int | None = None) -> Post:
    """Name who leads a post: from now on that member calls its rolls."""
    return change_post(
        actor=actor, post=post, version=post.version if version is None else version, changes={"leader": member}
    )
