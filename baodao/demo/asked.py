"""The words of the demo's residents: what they ask, what comes of it, how they find it afterwards."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """A thing asked: the template of the post that does it, how it is triaged, the outcome, what the board says."""

    post: str
    category: str
    weight: str
    urgency: str
    text: str
    outcome: str
    shown: str


ASKED: tuple[Asked, ...] = (
    Asked("small_repairs", "facility", "heavy", "urgent", "楼道灯不亮，晚上看不见台阶", "换了灯泡，已经亮了", "楼道灯修好了"),
    Asked("small_repairs", "facility", "heavy", "slow", "健身器材螺丝松了", "螺丝拧紧，松动的一件先围起来等换件", "健身器材检修过了"),
    Asked("small_repairs", "facility", "light", "slow", "花坛边的座椅缺一块板", "补了一块木板", "座椅补好了"),
    Asked("courtyard_cleaning", "safety", "heavy", "urgent", "消防通道被杂物堵住", "通道清空，贴了提醒", "消防通道清出来了"),
    Asked("night_patrol", "safety", "heavy", "slow", "晚上东门没人值守，想请巡逻走这边", "巡逻线路加了东门", "夜间巡逻走东门了"),
    Asked("school_crossing", "safety", "light", "slow", "校门口过马路车多，想请人站一站", "护学岗每周一、五站岗", "校门口有护学岗"),
    Asked("small_repairs", "home", "light", "slow", "水龙头滴水，拧不紧", "换了阀芯，不漏了", "上门修了水龙头"),
    Asked("small_repairs", "home", "light", "slow", "家里门锁打不开，想请师傅看看", "换了锁芯，试过三遍", "上门修了门锁"),
    Asked("hair_and_care", "home", "heavy", "slow", "腿脚不便，想请人上门理发", "两位同志上门理了发", "上门理发"),
    Asked("hair_and_care", "home", "heavy", "slow", "想请人陪着去医院做一次检查", "有同志陪着去，当天办完", "陪诊一次"),
    Asked("policy_desk", "policy", "light", "slow", "医保怎么在手机上缴费", "当面教会，缴费成功", "教会手机缴医保"),
    Asked("policy_desk", "policy", "light", "slow", "高龄补贴要带什么材料", "材料清单写好给了对方", "讲清了补贴材料"),
    Asked("policy_desk", "policy", "heavy", "slow", "公租房续租的表不会填", "一起填好，交到窗口", "帮填了续租表"),
    Asked("job_advice", "jobs", "heavy", "slow", "想找仓库方面的工作，简历不会写", "简历改好，推荐到招聘会", "改了简历"),
    Asked("job_advice", "jobs", "light", "slow", "想了解开小店要办什么手续", "手续和窗口都写在单子上", "讲清了办店手续"),
    Asked("language_class", "language", "light", "slow", "想晚上学国家通用语言", "报上了周四晚上的班", "语言班加了名额"),
    Asked("language_class", "language", "light", "slow", "想学用手机挂号", "参加了手机使用班", "手机班教挂号"),
    Asked("reading_corner", "other", "light", "slow", "想借活动室办一次棋类比赛", "周末下午可以用，钥匙在大厅", "活动室借出一次"),
    Asked("reading_corner", "other", "light", "slow", "想捐一批旧书", "图书角收下了", "图书角多了一批书"),
)
CALLED = ("王大妈", "李先生", "张女士", "刘师傅", "陈阿姨", "古丽", "买买提", "马先生", "赵奶奶", "孙先生", "帕提古丽", "周女士")
SOURCES = ("counter", "counter", "phone", "phone", "door", "qr")
ELSEWHERE = (("县供水公司", "已经转给县供水公司，他们三天内联系您"), ("县供电公司", "已经转给县供电公司，他们三天内联系您"))
REFUSED = "社区办不了这件事，窗口和电话写在单子上了"
# grade → words with it (most say nothing)
RATED: dict[str, tuple[str, ...]] = {
    "good": ("", "", "", "来得快", "修好了，谢谢", "讲得清楚"),
    "fair": ("", "", "办了，等的时间长了点"),
    "poor": ("", "等得太久"),
}
