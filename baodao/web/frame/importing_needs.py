"""The import wizard for a community's needs register."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from baodao.base import paths
from baodao.domain.needs import services
from baodao.domain.needs import wizard as reads
from baodao.domain.orgs import selectors as orgs
from baodao.web.frame.answers import file
from baodao.web.frame.importing import Wizard


class NeedsWizard(Wizard):
    """Rows are needs: new ones, those that are there, those that repeat a row."""

    noun, folder, name = "needs", "needs/imports/", "need_import"
    measure, unkeyed = "件", "没有内容列，不读"
    intro = "手里的登记表什么样都可以先传上来看：标题行、合并的表头、旧版 .xls 都认得。传上来只是核对，点了导入才算。"
    undo_words = "还没有人办的诉求去掉；导入以后已经受理、改过的不动。"

    def start(self, actor: Any, data: bytes, filename: str) -> Any:
        """A register of the actor's community."""
        return services.start_import(actor=actor, data=data, filename=filename, scope=paths.community_of(actor.path))

    def blank(self, request: HttpRequest) -> HttpResponse:
        """The blank register."""
        community = orgs.by_path(paths.community_of(request.actor.path))  # type: ignore[attr-defined]
        return file(reads.blank_book([one.name for one in orgs.estates(community)]), "诉求登记表-空白.xlsx")

    def columns(self, batch: Any) -> dict[str, Any]:
        """Tables and the fields of a register."""
        return {"tables": reads.heads(batch), "choices": reads.choices()}

    def keep(self, actor: Any, batch: Any, version: int | None, posted: Any) -> None:
        """Corrections of columns and cells, rows that are not to go in."""
        services.correct(actor=actor, batch=batch, version=version, **reads.corrections(posted))

    def preview(self, actor: Any, batch: Any) -> Any:
        """The verdict about every row."""
        return services.preview(actor=actor, batch=batch)

    def lines(self, batch: Any, report: Any, *, everything: bool) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        """Rows in doubt and headings that were dropped or not understood."""
        return reads.lines(report, everything=everything), reads.summary(report)

    def effects(self, report: Any) -> dict[str, Any]:
        """Which needs are registered, which are there, which are passed over."""
        return reads.changes(report)

    def commit(self, request: HttpRequest, batch: Any, *, partial: bool) -> None:
        """Register the needs."""
        services.commit_import(actor=request.actor, batch=batch, partial=partial)  # type: ignore[attr-defined]

    def take_back(self, actor: Any, batch: Any) -> str:
        """Needs nobody has worked on go."""
        found = services.undo_import(actor=actor, batch=batch)
        words = f"已撤销：去掉 {found['removed']} 件"
        return f"{words}，{found['kept']} 件已经在办，没动" if found["kept"] else words
