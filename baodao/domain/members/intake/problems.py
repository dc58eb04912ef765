"""What is wrong with a file, a column or a row, in the shape commands print and screens show."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

#: Printed name of each field, for a column the file does not have.
HEADINGS = {
    "name": "姓名", "kind": "类别", "unit": "工作单位", "party_org": "所在党组织", "job_title": "职务", "phone": "联系电话",
    "home_community": "居住社区", "estate": "小区", "community": "报到社区", "skills": "特长", "wishes": "服务意向",
    "availability": "可服务时间", "languages": "服务语言", "reported_on": "报到时间",
    "receipt_on": "回执时间", "team": "编入队伍", "note": "备注",
    "seq": "序号",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong or worth a look; ``row`` is None for a whole column or file."""

    sheet: str | None
    row: int | None
    column: str | None
    value: str | None
    code: str
    message: str
    suggestion: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The keys of the contract."""
        return asdict(self)
