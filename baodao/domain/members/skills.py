"""The tree of specialities (特长): pure data, with the words people write for each leaf.

A code, once given, stays for ever. ``find`` reads one written word; what no leaf means is kept as written by the caller,
never guessed. Languages are no leaf here: ``translate`` is a skill, which language is on the member's own record only.
"""

from __future__ import annotations

import re
import unicodedata

#: group → leaves (code → label and the other words for it).
TREE: dict[str, dict[str, tuple[str, ...]]] = {
    "语言翻译": {
        "translate": ("翻译", "口译", "笔译", "双语", "双语翻译", "语言翻译", "文稿翻译"),
        "sign_language": ("手语", "手语翻译"),
    },
    "教育辅导": {
        "teaching": ("教学", "教师", "讲课", "授课", "培训", "教育", "老师", "教育教学"),
        "tutoring": ("作业辅导", "课业辅导", "辅导", "家教", "学业辅导", "辅导作业", "功课辅导", "教育辅导"),
        "reading": ("阅读指导", "图书管理", "读书", "阅读"),
        "handwriting": ("书法", "写字", "毛笔字", "硬笔书法"),
        "childcare": ("托管", "带孩子", "幼教", "学前教育", "幼儿教育"),
    },
    "医疗护理": {
        "medicine": ("医疗", "医生", "看病", "义诊", "医学", "临床", "内科", "外科", "全科", "诊疗", "医疗护理"),
        "nursing": ("护理", "护士", "照护", "量血压", "打针"),
        "care": ("照料", "陪护", "护工", "助老", "老人照料", "陪诊", "养老护理", "照顾老人"),
        "chinese_medicine": ("中医", "针灸", "推拿", "按摩", "理疗", "民族医药"),
        "pharmacy": ("药学", "药师", "用药指导", "药剂"),
        "public_health": ("公共卫生", "防疫", "疾控", "健康讲座", "健康教育", "营养"),
    },
    "法律": {
        "law": ("法律", "法律咨询", "律师", "法务", "法学", "普法", "司法", "法律援助", "法律服务"),
        "contract": ("合同审查", "合同"),
    },
    "心理": {
        "psychology": ("心理", "心理咨询", "心理疏导", "心理辅导", "心理健康", "心理咨询师"),
        "listening": ("聊天陪伴", "陪伴", "倾听", "谈心"),
    },
    "财税金融": {
        "finance": ("财务", "会计", "金融", "理财", "出纳", "审计", "财税", "记账", "财会", "财税金融"),
        "tax": ("税务", "报税", "纳税", "税收", "办税"),
        "anti_fraud": ("反诈", "防诈骗", "反诈宣传", "防骗"),
        "insurance": ("保险",),
    },
    "政策业务": {
        "policy": ("政策", "政策宣讲", "政策解读", "政策咨询", "政策宣传", "理论宣讲", "宣讲", "政策业务"),
        "social_security": ("社保", "医保", "社会保障", "养老保险", "医保社保", "社保政策"),
        "civil_affairs": ("民政", "低保", "救助", "社会救助"),
        "housing": ("住建", "住房", "公积金", "房产", "物业"),
        "business_registration": ("工商", "办照", "注册登记", "市场监管", "营业执照"),
        "hr": ("人力资源", "人事", "招聘", "就业指导", "就业", "职业指导", "简历指导", "创业指导", "求职指导"),
        "speaking": ("主持", "演讲", "宣讲员", "朗诵", "讲解", "播音", "口才", "主持人"),
    },
    "电工水暖家电": {
        "electric": ("电工", "电路维修", "电气", "修电路", "用电", "电力", "电路", "水电"),
        "plumbing": ("水暖", "水管", "水暖工", "管道", "修水管", "管道维修", "水暖维修", "下水道疏通"),
        "locksmith": ("门锁", "开锁", "修锁", "锁具", "换锁"),
        "appliance": ("家电", "家电维修", "修家电", "电器维修", "修电器", "空调维修", "冰箱维修", "家电小修"),
        "carpentry": ("木工", "家具维修", "修家具", "木匠"),
        "welding": ("焊工", "焊接", "电焊"),
        "masonry": ("泥瓦工", "瓦工", "油漆", "粉刷", "装修", "抹灰"),
    },
    "信息技术": {
        "it": ("电脑", "计算机", "信息技术", "网络", "电脑维修", "软件", "编程", "信息化", "修电脑", "网络维护"),
        "phone_help": ("手机使用", "手机教学", "智能手机", "教手机", "智能手机教学"),
        "data_entry": ("表格录入", "数据录入", "录入", "打字", "办公软件", "表格"),
    },
    "驾驶运输": {
        "driving": ("驾驶", "开车", "司机", "驾车", "驾驶员", "驾驶运输"),
        "moving": ("搬运", "搬家", "装卸"),
        "vehicle_repair": ("汽车维修", "修车", "汽修", "自行车维修", "电动车维修"),
    },
    "文艺体育": {
        "arts": ("文艺", "美术", "绘画", "画画", "艺术", "剪纸", "手工", "手工制作", "文艺体育", "戏曲", "表演"),
        "music": ("音乐", "唱歌", "声乐", "乐器", "合唱", "器乐", "弹唱", "钢琴", "吉他", "二胡", "歌唱"),
        "dance": ("舞蹈", "跳舞", "广场舞", "舞蹈编排"),
        "sports": ("体育", "健身", "篮球", "足球", "羽毛球", "乒乓球", "跑步", "太极拳", "排球", "武术", "游泳", "运动"),
        "chess": ("棋类", "象棋", "围棋", "下棋", "棋牌"),
    },
    "摄影设计写作": {
        "photo": ("摄影", "拍照", "摄像", "照相", "视频拍摄", "视频剪辑", "剪辑", "短视频"),
        "design": ("设计", "海报设计", "美工", "平面设计", "板报", "海报", "黑板报", "版面设计"),
        "writing": ("写作", "文字", "公文写作", "文案", "写材料", "代写", "新闻写作", "文字材料", "公文"),
    },
    "园艺农技": {
        "gardening": ("园艺", "养花", "花卉", "绿化", "修剪", "园林", "种花"),
        "farming": ("农技", "种植", "养殖", "果树", "农业", "农业技术", "果树修剪", "畜牧", "农机", "园艺农技"),
        "veterinary": ("兽医", "动物防疫"),
    },
    "烹饪理发缝纫": {
        "cooking": ("烹饪", "做饭", "厨艺", "面点", "烘焙", "厨师", "做菜", "炒菜"),
        "haircut": ("理发", "剪发", "美发", "义务理发", "剪头发"),
        "sewing": ("缝纫", "裁剪", "缝补", "裁缝", "编织", "刺绣", "十字绣", "织毛衣"),
    },
    "组织协调调解": {
        "mediation": ("调解", "矛盾调解", "纠纷调解", "调解员", "邻里调解", "矛盾纠纷调解", "人民调解"),
        "organising": ("组织协调", "组织", "活动组织", "协调", "活动策划", "策划", "组织活动", "管理", "沟通协调"),
        "counter": ("窗口服务", "代办", "帮办代办", "前台", "接待", "代填表"),
    },
    "体力劳动": {
        "labour": ("体力劳动", "劳动", "体力", "力气活", "清扫", "打扫", "搬东西", "除雪", "体力活", "扫雪"),
        "cleaning": ("保洁", "家政", "擦玻璃", "家务", "打扫卫生", "清洁", "收纳", "环境卫生"),
        "patrol": ("巡逻", "值守", "治安巡逻", "安保", "保安", "治安", "护学", "交通劝导"),
    },
    "急救消防": {
        "firstaid": ("急救", "救护", "心肺复苏", "救护员", "红十字救护", "急救知识"),
        "firefighting": ("消防", "灭火", "消防安全", "消防宣传", "消防员"),
        "rescue": ("应急救援", "救援", "应急", "抢险", "水上救生"),
    },
}  # fmt: skip

#: code → label.
LABELS: dict[str, str] = {code: words[0] for leaves in TREE.values() for code, words in leaves.items()}
#: code → the group it stands in.
GROUP: dict[str, str] = {code: group for group, leaves in TREE.items() for code in leaves}

_LEVELS = {
    "持证": "certified",
    "有证": "certified",
    "证": "certified",
    "熟练": "skilled",
    "精通": "skilled",
    "擅长": "skilled",
}
_LEVEL = re.compile(r"[(（]?(持证|有证|熟练|精通|擅长)[)）]?")
_SPLIT = re.compile(r"[、,，;；/／|\s]+|(?<=[^\W\d])和(?=\S{2})|及(?=\S{2})")


def _plain(word: str) -> str:
    """A word as it is compared: no width, no spaces, no brackets, lower case."""
    return re.sub(r"[\s()（）.。·]+", "", unicodedata.normalize("NFKC", word)).lower()


_BY_WORD: dict[str, str] = {}
for _leaves in TREE.values():
    for _code, _words in _leaves.items():
        _BY_WORD[_code] = _code
        for _word in _words:
            _BY_WORD.setdefault(_plain(_word), _code)
_TAILS = ("技能", "技术", "服务", "工作", "知识", "能力", "特长", "爱好", "维修", "咨询", "类", "师", "员", "等")


def find(word: str) -> str:
    """The leaf a written word means (by label, synonym or code), or an empty string."""
    plain = _plain(word)
    if not plain:
        return ""
    if plain in _BY_WORD:
        return _BY_WORD[plain]
    for head in ("会", "能", "懂", "擅长", "爱好", "喜欢"):
        if plain.startswith(head) and plain[len(head) :] in _BY_WORD:
            return _BY_WORD[plain[len(head) :]]
    for tail in _TAILS:
        if plain.endswith(tail) and plain[: -len(tail)] in _BY_WORD:
            return _BY_WORD[plain[: -len(tail)]]
    return ""


def read(text: str) -> tuple[list[tuple[str, str]], list[str]]:
    """A cell of specialities as ((code, level) pairs in order, the words no leaf means)."""
    known: dict[str, str] = {}
    unknown: list[str] = []
    for part in _SPLIT.split(unicodedata.normalize("NFKC", text)):
        said = _LEVEL.search(part)
        level = _LEVELS[said[1]] if said else "can"
        word = _LEVEL.sub("", part) or (part if said else "")
        if not word.strip(" .。·-—无") or word in ("无", "暂无", "没有", "其他"):
            continue
        code = find(word)
        if code:
            known[code] = max(known.get(code, level), level, key=("can", "skilled", "certified").index)
        elif word[:40] not in unknown:
            unknown.append(word[:40])
    return list(known.items()), unknown


def label(code: str) -> str:
    """The printed word of a leaf; a code the tree does not have is returned unchanged."""
    return LABELS.get(code, code)
