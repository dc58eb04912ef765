"""Headings of the needs register. The forbidden columns are those of the ledger, but a place of a need is kept."""

from baodao.base.papers.sheet.ledger_words import FORBIDDEN as LEDGER_FORBIDDEN
from baodao.base.papers.sheet.words import Words

#: Field → headings in use. The first one is ours.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "seq": ("序号", "编号", "号", "No", "行号"),
    "registered_at": (
        "登记时间", "登记日期", "时间", "日期", "收到时间", "反映时间", "受理时间", "收集时间", "登记",
        "收集日期",
    ),
    "source": ("来源", "渠道", "诉求来源", "收集方式", "登记方式", "来源渠道", "方式", "反映渠道", "收集渠道"),
    "contact_name": (
        "称呼", "姓名", "联系人", "反映人", "居民", "居民姓名", "诉求人", "求助人", "反映人姓名", "诉求人姓名",
    ),
    "contact_phone": ("联系方式", "联系电话", "电话", "手机", "手机号", "手机号码", "电话号码", "反映人电话"),
    "estate": ("小区", "所在小区", "居住小区", "小区名称", "小区/路段", "所属小区"),
    "place_detail": ("具体位置", "位置", "地点", "详细位置", "具体地点", "门牌", "门牌号", "地址", "详细地址"),
    "category": ("类别", "诉求类别", "类型", "诉求类型", "事项类别", "问题类别", "需求类别", "分类"),
    "text": (
        "内容", "诉求内容", "反映内容", "诉求", "问题", "事项", "需求", "需求内容", "具体内容", "事项内容",
        "反映问题", "问题内容",
        "诉求事项", "反映事项", "主要内容",
    ),
    "weight": ("轻重", "轻重程度", "重要程度", "重要性", "轻/重"),
    "urgency": ("缓急", "急缓", "紧急程度", "是否紧急", "缓急程度", "急/缓"),
    "wished_on": ("希望时间", "希望日期", "期望时间", "要求时间", "希望办理时间", "希望解决时间", "希望办结时间"),
    "language": ("语言", "语种", "希望语言", "使用语言"),
    "note": ("备注", "说明"),
}  # fmt: skip

#: What must not be kept → headings that hold it.
FORBIDDEN = {label: pattern for label, pattern in LEDGER_FORBIDDEN.items() if label != "详细住址"}

NEEDS = Words(synonyms=SYNONYMS, key="text", forbidden=FORBIDDEN, fill=frozenset({"estate", "source"}))
