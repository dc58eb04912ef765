"""The starter catalogue of posts (domain.md §2.14; the seed's six kinds first): pure data, copied when a post is made.

A template is a proposal: every field may be changed in the post made from it. Which insurance covers a post and who
leads it, the community writes itself; a post with a hazard cannot be opened before.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


def times(*rows: tuple[str, str, str]) -> list[dict[str, str]]:
    """A weekly pattern from (day, start, end) rows."""
    return [{"day": day, "start": start, "end": end} for day, start, end in rows]


@dataclass(frozen=True, slots=True)
class Template:
    """What a kind of post usually looks like."""

    template_code: str
    kind: str
    name: str
    duties: str
    quality: str
    goal: str
    people: tuple[int, int, int]
    minutes: int
    pattern: list[dict[str, str]] = field(default_factory=list)
    skill: str = ""
    role_skill: str = ""
    role_count: int = 0
    certificate: str = ""
    hazard: str = "low"
    two_person: bool = False
    remote: bool = False
    tier: str = "ordinary"

    def values(self) -> dict[str, Any]:
        """The fields of a post that the template proposes."""
        low, wished, high = self.people
        return {
            "kind": self.kind,
            "name": self.name,
            "duties": self.duties,
            "quality": self.quality,
            "min_people": low,
            "desired_people": wished,
            "max_people": high,
            "minutes": self.minutes,
            "pattern": [dict(row) for row in self.pattern],
            "skill": self.skill,
            "role_skill": self.role_skill,
            "role_count": self.role_count,
            "certificate": self.certificate,
            "hazard": self.hazard,
            "two_person": self.two_person,
            "remote": self.remote,
            "tier": self.tier,
        }


CATALOGUE: tuple[Template, ...] = (
    Template(
        "night_patrol", "patrol", "夜间平安巡逻", "看路灯、消防通道、楼道堆物；只记地方和东西，不记人；不单独行动，穿反光背心",
        "每次填巡逻记录，坏灯当晚报修", "巡逻中发现路灯不亮，当晚报修", (2, 4, 4), 120,
        times(("5", "20:30", "22:30")), hazard="medium", two_person=True, tier="important",
    ),
    Template(
        "school_crossing", "patrol", "上下学护学岗", "在校门口斑马线边维持通行，穿反光背心",
        "上下学时段不空岗", "上下学时段站满 45 分钟", (2, 2, 3), 45,
        times(("workday", "18:30", "19:15")), hazard="medium", two_person=True,
    ),
    Template(
        "courtyard_cleaning", "volunteer", "楼道院落清洁", "清扫楼道院落，下雪除雪，沙尘过后清扫；六级风、暴雪停办",
        "干完带走垃圾，工具归位", "每月清扫一次，当天干净", (6, 10, 15), 90,
        times(("5", "11:00", "12:30")),
    ),
    Template(
        "reading_corner", "volunteer", "图书角值守", "借还登记、整理书架；未成年人在场时两人值守",
        "按时开门，借还有登记", "每周值守一次，按时开门", (2, 2, 2), 180,
        times(("6", "11:00", "14:00")), two_person=True,
    ),
    Template(
        "small_wishes", "volunteer", "微心愿圆梦", "认领居民写的微心愿，不收送现金，物品价值不超过社区定的上限",
        "认领后两周内办好并告诉社区", "认领的心愿两周内办好", (1, 2, 3), 60, tier="can_wait",
    ),
    Template(
        "small_repairs", "home_service", "水电门锁小修", "换阀门、灯具、锁芯等小修；进家两人同行，居民在场",
        "修完试一遍，垃圾带走", "约定时间上门，修不了当天说明", (2, 2, 2), 60,
        times(("5", "16:00", "17:00")), role_skill="electric", role_count=1, certificate="电工证",
        hazard="medium", two_person=True, tier="important",
    ),
    Template(
        "hair_and_care", "home_service", "理发陪诊", "理发、助浴协助、陪诊；居民本人同意，两人同行；助浴要有护理人员",
        "事前约好，事后问一句满意不满意", "约好的时间不迟到", (2, 2, 3), 120,
        times(("6", "16:00", "18:00")), role_skill="care", role_count=1, hazard="medium", two_person=True,
    ),
    Template(
        "phone_greetings", "home_service", "电话问候", "给提出需要的老人打电话，问需要什么，记下要办的事",
        "要办的事当天转给社区", "每周打一次电话，要办的事当天转到", (1, 2, 2), 30,
        times(("2", "20:00", "20:30")), remote=True,
    ),
    Template(
        "policy_desk", "policy", "医保社保代填表", "讲医保社保政策，帮着填表；不留复印件，不代收证件",
        "讲清要带什么、去哪办", "来问的人当场说清要带什么", (1, 2, 2), 120,
        times(("5", "11:00", "13:00")), skill="social_security",
    ),
    Template(
        "safety_talks", "policy", "反诈消防宣传", "在小区门口讲反诈、消防、用电安全",
        "内容用最近的例子，不点名", "每月讲一次，每次换新例子", (2, 3, 4), 60,
        times(("5", "20:00", "21:00")),
    ),
    Template(
        "language_class", "bilingual", "语言与手机班", "国家通用语言、双语学习和手机使用班；自愿报名，只数人数",
        "每节有一张小抄带走", "每周一节课，每节有小抄", (1, 2, 2), 90,
        times(("3", "20:00", "21:30")), role_skill="teaching", role_count=1,
    ),
    Template(
        "homework_help", "bilingual", "作业辅导", "在公共房间辅导作业，开着门，两人在场",
        "不留作业以外的任务", "每周一次，按时开始", (2, 2, 3), 120,
        times(("5", "16:00", "18:00")), skill="tutoring", two_person=True,
    ),
    Template(
        "job_advice", "employment", "简历与岗位咨询", "改简历、练面试、讲招聘信息、问创业手续",
        "每人走时带一份改好的简历", "来一个人改好一份简历", (1, 2, 2), 120,
        times(("6", "16:00", "18:00")), skill="hr",
    ),
    Template(
        "legal_advice", "legal", "法律咨询", "解答合同、劳动、邻里等法律问题；正式意见由律师出具",
        "说清下一步找谁", "每次来问的都说清下一步", (1, 1, 2), 120,
        times(("6", "11:00", "13:00")), skill="law",
    ),
    Template(
        "free_clinic", "medical", "义诊与健康讲座", "量血压、测血糖、讲慢病日常；不留病情",
        "异常的当场劝去医院", "每月一次，讲一个主题", (2, 4, 6), 180,
        times(("5", "11:00", "14:00")), role_skill="medicine", role_count=1, certificate="执业资格证",
        hazard="medium",
    ),
    Template(
        "support_line", "psychology", "心理支持热线", "接听约定时段的电话，保密，不记名字；危急时转专业热线",
        "按时在线，不追问", "约定时段在线，不缺席", (1, 1, 1), 120,
        times(("4", "20:00", "22:00")), skill="psychology", certificate="心理咨询培训证书", remote=True,
    ),
    Template(
        "culture_lead", "culture", "文体活动带队", "带合唱、广场舞、棋类活动；不扰民，21:30 前结束",
        "收场后场地干净", "每周带一次，收场干净", (1, 2, 3), 120,
        times(("6", "19:30", "21:30")),
    ),
    Template(
        "remote_papers", "remote", "翻译与表格录入", "在家翻译文稿、设计海报、录入表格，不用出门",
        "约定的日子交稿，自己先查一遍", "约定日子前交稿", (1, 2, 3), 60,
        times(("6", "20:00", "21:00")), hazard="none", remote=True, tier="can_wait",
    ),
    Template(
        "standby", "emergency", "应急备勤", "停水停电、暴雪、沙尘时听社区安排；不进危险地方",
        "接到电话 30 分钟内回话", "备勤时段电话能打通", (2, 4, 8), 240,
        role_skill="driving", role_count=1, certificate="驾驶证", hazard="high", two_person=True, tier="urgent",
    ),
    Template(
        "open_day_host", "open_day", "公开日接待", "单位公开日当天接待居民、领路、答疑",
        "问到的都有答复或转到", "当天来问的都有答复", (2, 3, 4), 180,
        times(("5", "11:00", "14:00")), tier="ordinary",
    ),
)  # fmt: skip
_BY_CODE = {one.template_code: one for one in CATALOGUE}


def template(code: str) -> Template | None:
    """The template of a code, or None."""
    return _BY_CODE.get(code)
