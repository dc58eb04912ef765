"""The import wizard for ledgers of members: the desk's for its community, a unit's own list, the town's first ledger."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from baodao.base import paths
from baodao.domain.members import selectors, services
from baodao.domain.members import wizard as reads
from baodao.domain.members.intake.blank import blank_book
from baodao.domain.members.intake.files import choices as column_choices
from baodao.domain.orgs import selectors as orgs
from baodao.web.frame.answers import file
from baodao.web.frame.importing import Wizard


class LedgerWizard(Wizard):
    """Rows are people: added, changed from what to what, missing in the file."""

    noun, measure, unkeyed = "members", "个人", "没有姓名列，不读"
    undo_words = "新增的人去掉，改过的改回原样；导入以后又手工改过的不动。"

    @property
    def intro(self) -> str:  # type: ignore[override]
        """What may be uploaded, in words."""
        if self.of_unit:
            return ("手里的名单什么样都可以先传上来看，每一行都算本单位的。传上来只是核对，点了导入才算；"
                    "导入以后报到的社区会收到消息。")
        return ("单位报来什么样的表都可以先传上来看：标题行、合并的表头、合计行、旧版 .xls 都认得。"
                "传上来只是核对，点了导入才算。")

    def start(self, actor: Any, data: bytes, filename: str) -> Any:
        """A ledger of whatever the actor may bring."""
        return services.start_import(actor=actor, data=data, filename=filename, **scope_of(actor))

    def blank(self, request: HttpRequest) -> HttpResponse:
        """The blank sheet to hand to a unit."""
        scope = scope_of(request.actor)  # type: ignore[attr-defined]
        town = scope.get("town") or paths.town_of(scope["scope"])
        return file(blank_book(town or paths.county_of(scope["scope"])), "在职党员台账-空白.xlsx")

    def columns(self, batch: Any) -> dict[str, Any]:
        """Tables and the fields of a ledger."""
        return {"tables": reads.heads(batch), "choices": column_choices()}

    def keep(self, actor: Any, batch: Any, version: int | None, posted: Any) -> None:
        """Corrections of columns, cells, words, and answers about namesakes."""
        services.correct(actor=actor, batch=batch, version=version, **reads.corrections(posted))

    def preview(self, actor: Any, batch: Any) -> Any:
        """The verdict about every row."""
        return services.preview(actor=actor, batch=batch)

    def lines(self, batch: Any, report: Any, *, everything: bool) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        """Rows in doubt, words shared by many rows, and the names to choose from."""
        more = {
            "doubtful": sum(reads.doubtful(line) for line in report.lines), **reads.column_words(report),
            "groups": reads.groups(report), "kinds": reads.fault_counts(report),
            "units": [unit.name for unit in orgs.units(paths.county_of(batch.scope))],
            "communities": [one.name for one in orgs.communities(batch.town or paths.county_of(batch.scope))],
        }
        return reads.lines(report, everything=everything), more

    def effects(self, report: Any) -> dict[str, Any]:
        """Who is added, changed, passed over, missing."""
        return reads.changes(report)

    def commit(self, request: HttpRequest, batch: Any, *, partial: bool) -> None:
        """Write the people; ``gone`` are those a unit says have left it."""
        gone = request.POST.getlist("gone")
        services.commit_import(actor=request.actor, batch=batch, partial=partial, gone=gone)  # type: ignore[attr-defined]

    def take_back(self, actor: Any, batch: Any) -> str:
        """People added go, changes are put back."""
        found = services.undo_import(actor=actor, batch=batch)
        words = f"已撤销：去掉 {found['removed']} 人，改回 {found['restored']} 人"
        return f"{words}，{found['kept']} 人后来又改过，没动" if found["kept"] else words


def scope_of(actor: Any) -> dict[str, str]:
    """Whose rows the actor may bring: a unit's (with the town it serves in), the community's, or the town's."""
    if paths.is_unit(actor.path):
        return {"scope": actor.path, "unit": actor.path, "town": selectors.town_of_unit(actor.path)}
    return {"scope": paths.community_of(actor.path) or paths.town_of(actor.path)}
