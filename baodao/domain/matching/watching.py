"""What somebody who waits for a plan reads: which step it is, how good the plan so far is, whether anybody works on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from baodao.base import paths
from baodao.domain.matching import rules, selectors
from baodao.domain.matching.models import PlanRun
from baodao.domain.matching.states import RunState

#: Nobody takes a run up for so long: the page says so and offers to work it out itself.
UNTAKEN = timedelta(seconds=8)
RECENT = timedelta(days=1)
STEPS = ("先按轻重缓急排出一份能用的", "再通盘换一换，算最好能排到多好", "看还有没有更好的排法")
STEP_OF = {"greedy": 1, "flow": 2, "lp": 2, "mip": 3}


@dataclass(frozen=True, slots=True)
class Watch:
    """An open run in words; ``untaken`` means that no worker has taken it up although it could."""

    run: PlanRun
    step: int
    words: str
    so_far: str
    ahead: int
    untaken: bool
    whole_town: bool
    may_stop: bool

    @property
    def steps(self) -> int:
        """How many steps there are."""
        return len(STEPS)

    @property
    def spent(self) -> int:
        """Whole seconds so far."""
        return int(self.run.spent)

    @property
    def share(self) -> int:
        """How much of its time is used, in per cent."""
        return min(100, round(100 * self.run.spent / max(self.run.limit, 0.1)))


def watch(run: PlanRun, *, may_stop: bool) -> Watch:
    """An open run as its page tells it."""
    whole = run.path == run.town
    if run.state == RunState.QUEUED:
        ahead = selectors.queue_before(run)
        untaken = timezone.now() - run.asked_at > UNTAKEN and not (ahead and selectors.is_worked_on())
        return Watch(run, 0, "排队等后台来排", "", ahead, untaken, whole, may_stop)
    step = STEP_OF.get(run.rung, 0)
    words = STEPS[step - 1] if step else "先看有哪些班次、谁有空"
    return Watch(run, step, words, _so_far(run), 0, False, whole, may_stop)


def _so_far(run: PlanRun) -> str:
    if run.objective is None:
        return "还没有能用的"
    if run.gap is None:
        return "有一份能用的了"
    return f"有一份能用的了，离理论最好 {run.gap * 100:.1f} %"


def seen(actor: object, path: str, month: str) -> tuple[Watch | None, str]:
    """What a page of this scope shows: the open run, or why the last one stored nothing (for a day)."""
    run = selectors.run_over(path, month)
    if run is not None:
        return watch(run, may_stop=bool(rules.may_plan(actor, run.path))), ""  # type: ignore[arg-type]
    last = selectors.last_run(path, month)
    if last is None or last.state not in (RunState.FAILED, RunState.CANCELLED) or last.finished_at is None:
        return None, ""
    if not paths.covers(path, last.path) or timezone.now() - last.finished_at > RECENT:
        return None, ""
    return None, f"上一次{last.get_state_display()}：{last.words}"
