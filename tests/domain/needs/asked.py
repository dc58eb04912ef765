"""Makes needs for the tests."""

from __future__ import annotations

from typing import Any

from baodao.base.actor import PUBLIC
from baodao.domain.needs import services
from baodao.domain.needs.models import Need
from baodao.domain.needs.rows import NewNeed, Registered
from tests.cast import Cast


def new(cast: Cast, **more: Any) -> NewNeed:
    """A need that is not stored yet."""
    values: dict[str, Any] = {"text": "楼道灯坏了三天", "community": cast.xingfu, "category": "facility", **more}
    return NewNeed(**values)


def asked(cast: Cast, **more: Any) -> Registered:
    """A need raised on the public page."""
    return services.register(actor=PUBLIC, need=new(cast, **more))


def accepted(cast: Cast, **more: Any) -> Need:
    """A need the clerk accepted as 重缓."""
    need = asked(cast, **more).need
    return services.accept(actor=cast.actor("clerk"), need=need, weight="heavy", urgency="slow")


def done(cast: Cast, **more: Any) -> Need:
    """A need that waits for being told."""
    need = services.assign(actor=cast.actor("clerk"), need=accepted(cast, **more), words="水电维修岗")
    return services.finish(actor=cast.actor("clerk"), need=need, outcome="灯换好了")


def closed(cast: Cast, **more: Any) -> Need:
    """A need whose outcome was told in person."""
    return services.tell(actor=cast.actor("clerk"), need=done(cast, **more), told="in_person")
