"""The blank ledger to be filled in by a unit: our headings, choices as lists, an explanation of every column."""

from __future__ import annotations

from baodao.base import paths
from baodao.base.papers.sheet.template import Blank, build
from baodao.domain.members import skills
from baodao.domain.members.reading import LANGUAGES, WISHES
from baodao.domain.orgs import selectors as orgs

EXPLANATIONS = (
    "在职党员台账填写说明",
    "姓名、工作单位、联系电话、报到社区必填；其余知道多少填多少，空着的以后可以补。",
    "不收集性别、民族、宗教、身份证号、出生年月、详细住址、家庭情况、健康状况，填了也会去掉。",
    "特长、服务意向、可服务时间由本人说，一格写几样用顿号分开。",
)


def blank_book(town: str) -> bytes:
    """The blank as .xlsx with the units of the county and the communities of the town as choices."""
    units = [unit.name for unit in orgs.units(paths.county_of(town))]
    communities = [one.name for one in orgs.communities(town)]
    blanks = [
        Blank("姓名", "间隔号用“·”", is_required=True),
        Blank("类别", "空着就是在职", choices=("在职", "社区")),
        Blank("工作单位", "从名单里选", choices=units, is_open=True, is_required=True),
        Blank("所在党组织", "单位里的党组织"),
        Blank("职务", "可不填"),
        Blank("联系电话", "11 位手机号，或带区号的固定电话", is_code=True, is_required=True),
        Blank("居住社区", "写到社区"),
        Blank("小区", "写到小区，不写门牌"),
        Blank("报到社区", "从名单里选", choices=communities, is_open=True, is_required=True),
        Blank("特长", "例如 电工（持证）、法律咨询", choices=list(skills.LABELS.values()), is_open=True),
        Blank("服务意向", "例如 治安巡逻、政策宣传", choices=[words[0] for words in WISHES.values()], is_open=True),
        Blank("可服务时间", "例如 周末、工作日晚上"),
        Blank("服务语言", "愿意用来服务的语言", choices=[words[0] for words in LANGUAGES.values()], is_open=True),
        Blank("报到时间", "写成 2026-03-05", is_date=True),
        Blank("编入队伍"),
        Blank("备注", "不写健康、信仰、家庭和看法"),
    ]
    return build(blanks, EXPLANATIONS)
