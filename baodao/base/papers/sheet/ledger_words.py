"""Headings of the member ledger, and the columns about a person that this program does not keep."""

import re
from collections.abc import Sequence

from baodao.base.papers.sheet.words import Meaning, Words

#: Field → headings in use. The first one is ours.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "seq": ("序号", "编号", "号", "No", "行号", "序列"),
    "name": ("姓名", "名字", "党员姓名", "在职党员姓名", "人员姓名", "党员", "本人姓名"),
    "kind": ("类别", "人员类别", "人员类型", "报到类别", "类别(在职/社区)"),
    "unit": (
        "工作单位", "单位", "所在单位", "单位名称", "单位全称", "单位简称", "现工作单位", "所属单位",
        "派出单位", "在职单位",
        "工作单位名称", "工作单位及职务", "单位及职务", "单位代码",
    ),
    "party_org": (
        "所在党组织", "党组织", "所在支部", "党支部", "所属党组织", "所属支部", "所在党支部", "所属党支部",
        "单位党组织",
        "组织关系所在党组织", "组织关系所在支部", "党组织名称", "组织关系",
    ),
    "job_title": ("职务", "职务职称", "职务/职称", "职称", "现任职务", "单位职务", "岗位", "职位"),
    "phone": (
        "联系电话", "电话", "手机", "手机号", "手机号码", "联系方式", "电话号码", "联系手机", "移动电话", "本人电话",
        "联系号码", "手机电话", "联系电话(手机)",
    ),
    "home_community": (
        "居住社区", "居住地社区", "所住社区", "现居住社区", "居住地所在社区", "所在居住社区", "居住地", "住地社区",
    ),
    "estate": ("小区", "居住小区", "所在小区", "小区名称", "住所小区", "现住小区", "居住小区名称", "所住小区"),
    "community": (
        "报到社区", "服务社区", "拟报到社区", "报到地", "报到社区名称", "社区", "报到点", "所报到社区",
        "联系社区",
    ),
    "skills": (
        "特长", "专长", "特长爱好", "爱好特长", "个人特长", "专业特长", "技能", "服务特长", "专业技能",
        "特长及爱好", "专业",
        "兴趣特长", "技能特长",
    ),
    "wishes": (
        "服务意向", "意向", "服务意愿", "志愿服务意向", "认领意向", "意向岗位", "服务项目", "服务内容",
        "意向服务", "认领岗位意向",
    ),
    "availability": (
        "可服务时间", "服务时间", "空闲时间", "可参加时间", "可服务时段", "服务时段", "时间安排",
        "能服务的时间",
    ),
    "languages": ("服务语言", "语言", "语种", "掌握语言", "会说的语言", "可用语言"),
    "reported_on": ("报到时间", "报到日期", "报到登记时间", "登记日期"),
    "receipt_on": ("回执时间", "回执日期", "退回执时间", "退回执日期"),
    "team": ("编入队伍", "队伍", "服务队", "志愿服务队", "所在队伍", "编组", "所编队伍", "小组"),
    "note": ("备注", "说明", "备注说明", "其他"),
}  # fmt: skip

#: What must not be kept → headings that hold it.
FORBIDDEN: dict[str, re.Pattern[str]] = {
    "性别": re.compile(r"性别|^男女$|男/女"),
    "党员类别": re.compile(r"党员类[别型]|正式.{0,2}预备|是否(?:为)?(?:正式|预备)|党员性质|转正"),
    "民族": re.compile(r"民族|族别|^族$"),
    "宗教": re.compile(r"宗教|信仰|信教"),
    "身份证号": re.compile(r"身份证|身份号|证件|公民身份|^id(?:号|card)?$|社会保障号|社保号"),
    "出生年月": re.compile(r"出生|生日|年龄|岁数|周岁"),
    "详细住址": re.compile(r"住址|地址|门牌|楼栋|楼号|房号|房间号|室号|单元号|住所$|户籍所在|户口所在"),
    "家庭情况": re.compile(r"家庭|家属|婚姻|婚否|婚育|配偶|子女|父母"),
    "健康": re.compile(r"健康|病史|疾病|残疾|身体状况|身体情况|血型|患病|病情"),
    "政治面貌": re.compile(r"政治面貌|政治身份"),
}
_KINDS = re.compile(r"在职(?:党员)?|社区(?:党员)?|居民党员|直管党员")
_MEMBERSHIP = re.compile(r"正式|预备|发展对象|积极分子")


def _party_column(values: Sequence[str]) -> Meaning:
    """党员类别 is kept only if all it says is 在职 or 社区."""
    return (
        Meaning("kind")
        if values and all(_KINDS.fullmatch(value) for value in values)
        else Meaning(forbidden="党员类别")
    )


def _kind_column(values: Sequence[str]) -> Meaning:
    """类别 is what it says, unless it holds 正式 or 预备 after all."""
    return Meaning(forbidden="党员类别") if any(_MEMBERSHIP.search(value) for value in values) else Meaning("kind")


LEDGER = Words(
    synonyms=SYNONYMS,
    key="name",
    forbidden=FORBIDDEN,
    by_values={"党员类别": _party_column, "党员类型": _party_column}
    | dict.fromkeys(("类别", "人员类别", "人员类型", "报到类别"), _kind_column),
    fill=frozenset({"unit", "party_org", "community", "home_community", "estate", "team", "kind"}),
)
