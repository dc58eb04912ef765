"""What the audit log's actions are called: the noun of a thing and the verb of a deed, put together.

A test asks for every action of the program; one that has no words would be shown as its code.
"""

from __future__ import annotations

NOUNS = {
    "account": "登录", "audit": "操作记录", "batch": "批次", "booking": "占位", "bulletin": "通报", "calendar": "日历", "claim": "岗位认领",
    "code": "一次性码", "commitment": "承诺", "commitments": "承诺", "document": "公文", "fixing": "定岗定时", "import": "导入",
    "member": "党员", "members": "党员", "month": "月份", "need": "诉求", "needs": "诉求", "notice": "消息", "offer": "邀请", "org": "组织",
    "pairing": "结对", "party_orgs": "党组织", "password": "密码", "place": "二维码", "plan": "月计划", "points": "积分", "post": "岗位",
    "record": "服务记录", "records": "服务记录", "record_words": "服务记录的话", "role": "角色", "rules": "积分规则", "setting": "设置",
    "shift": "班次", "shifts": "班次", "suggestion": "意见建议", "suggestions": "意见建议", "team": "编组", "unit": "单位", "units": "单位",
    "list": "单位名单", "extract": "单位安排",
}  # fmt: skip
VERBS = {
    "about_person": "涉及他人，已删去内容", "accepted": "受理", "active": "重新打开", "added": "新增", "added_late": "补记", "adjusted": "调整",
    "answered": "答复", "approved": "批准", "assigned": "安排", "cancelled": "取消", "came_back": "回来", "changed": "改动", "chosen": "自己设了",
    "closed": "关闭", "committed": "入库", "confirmed": "确认", "contact_deleted": "删去联系方式", "created": "新建", "day_dropped": "去掉一天",
    "day_set": "记一天", "days_blocked": "记没空的日子", "days_freed": "取消没空的日子", "delivered": "送达", "done": "办好", "drafted": "起草",
    "dropped": "丢弃", "edited": "改文字", "emptied": "到期清空", "employer_changed": "换单位", "ended": "结束", "erased": "到期删除",
    "from_need": "由诉求而设", "given": "授予", "gone_back": "退回草案", "held": "担任", "helper": "指定帮手", "here": "说到了", "hours_set": "定工时",
    "hurried": "催办", "invited": "邀请登录", "issued": "发放", "kept": "兑现", "lapsed": "到期收回", "left": "离开", "locked": "锁定", "made": "新建",
    "marked": "点名", "mended": "补缺", "merged": "合并", "moved": "移动", "offered": "提出", "offers_changed": "改接受邀请的办法", "on_duty": "那天值班",
    "opened": "打开", "paused": "暂停", "phone_changed": "改电话", "progress": "报进展", "published": "发布", "put": "放进一人", "rated": "评价",
    "receipted": "寄回执", "received": "签收", "referred": "转办", "refused": "不予受理", "registered": "登记", "rejected": "不认可", "reopened": "重新办理",
    "reported": "报到", "reserved": "取号", "restored": "恢复", "resumed": "恢复", "retriaged": "改轻重缓急", "returned": "退回", "reversed": "冲正",
    "rolled": "点名结束", "sealed": "存档", "sent": "发出", "sent_back": "退回", "set": "设定", "settled": "入账", "shown": "公示", "signed": "签发",
    "slip_reissued": "补发查询单", "spam": "当作垃圾", "submitted": "送审", "taken_back": "收回", "taken_out": "撤下一人", "thinned": "到期清理",
    "told": "告知", "untold": "收回告知", "printed": "印成纸条", "received_on_paper": "代收纸质回执", "reminded": "提醒", "replayed": "匿名重放",
    "asked": "要求安排", "not_run": "没有安排成", "requeued": "重新排队", "run": "自动安排", "stopped": "停止安排",
    "step_undone": "撤回一步", "tried": "试改", "witnessed": "被服务的人确认", "transferred": "转社区",
    "undone": "撤销", "withdrawn": "撤回", "year_loaded": "录入一年",
}  # fmt: skip


def deed_words(action: str) -> str:
    """``need.accepted`` → 诉求：受理; the code itself where the table does not know it."""
    thing, _dot, deed = action.partition(".")
    if thing in NOUNS and deed in VERBS:
        return f"{NOUNS[thing]}：{VERBS[deed]}"
    return action


def thing_words(subject: str) -> str:
    """What the kind of a thing is called; the kind itself where the table does not know it."""
    return NOUNS.get(subject, subject)


def codes_for(words: str) -> list[str]:
    """The beginnings of all actions whose noun or verb is (part of) the words; the words themselves if they are a code."""
    wanted = words.strip()
    if not wanted or wanted.isascii():
        return [wanted]
    noun, _colon, verb = wanted.partition("：")
    things = [code for code, said in NOUNS.items() if noun in said]
    if verb:
        return [f"{thing}.{deed}" for thing in things for deed, said in VERBS.items() if verb in said] or [wanted]
    return [f"{thing}." for thing in things] or [wanted]
