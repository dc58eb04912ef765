"""Recognise a plain emergency in what somebody wrote, so that it is sent to 110, 119 or 120 at once.

An emergency is an event that happens now (着火了, 有人晕倒). The same words in an everyday need
(消防通道, 灭火器过期, 想学急救, 怕着火) are not. Each occurrence of an event is looked at with the
words around it in its clause; an occurrence that is feared, learnt, past or usual does not count.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from baodao.base.text.controls import strip_controls

Kind = Literal["fire", "gas", "medical", "police", "trapped"]

#: Whom to call, by kind of event.
NUMBERS: dict[Kind, str] = {"fire": "119", "gas": "119", "medical": "120", "police": "110", "trapped": "119"}


@dataclass(frozen=True, slots=True)
class Emergency:
    """A plain emergency: its kind, the number to call and the words that told."""

    kind: Kind
    number: str
    words: str

    @property
    def message(self) -> str:
        """What the writer reads; names all three numbers, the fitting one first."""
        others = "、".join(number for number in ("110", "119", "120") if number != self.number)
        return f"这像是紧急情况，马上打 {self.number}（也可打 {others}）。这里要等人看到才能处理，来不及。"


_GAS = r"(?:煤气|燃气|天然气|液化气|瓦斯|沼气)(?:罐|管|管道|灶|瓶|阀门?|表)?"
_KIN = r"(?:孩子|小孩|娃娃?|宝宝|婴儿|儿子|女儿|孙子|孙女|老人|老头|奶奶|爷爷|老太太|老大爷|母亲|父亲|妈妈?|爸爸?)"
_BODY = (
    r"(?:人|孩子?|娃|宝宝|婴儿|儿子|女儿|孙[子女]|老[人头太伴公婆]|奶奶|爷爷|大[爷妈]|阿姨|叔叔|妈|爸|母亲|父亲|邻居|"
    r"同事|学生|工人|师傅|丈夫|妻子|男的|女的|朋友|他|她|我)"
)

_ZH: dict[Kind, str] = {
    "fire": (
        r"(?<![打点发燃不])(?<!打不)(?<!点不)(?:着|起|失)(?:大)?火(?!点|源|锅|车|炉|花|气|药|上浇)|着起?火来|走水了|"
        r"发生(?:了)?(?:火灾|爆炸)|火灾了|^火灾$|[打拨叫喊]119|有火灾(?!隐患|风险|危险)|"
        r"(?<!锅炉房)(?<!烟囱)(?<!炉子)(?<!烟筒)冒(?:着|出|了)?(?:浓|黑|大)烟|浓烟(?:滚滚|很|特别)|"
        r"(?:烧|燃|着)起来了?|火势|(?:爆炸了|(?:罐|锅炉|电动车|电瓶|变压器)[^，。]{0,2}炸了)(?!似|一样)|自燃了|"
        r"火烧到|烧到[一二三四五六七八九十\d]+楼|[屋楼房道间]里?(?:全|都)是(?:浓)?烟|有人(?:在)?(?:放火|纵火)|"
        r"(?:点|"
        r"烧)着了(?=.*(?:火|烧))|(?:插座|电线|电箱|电表箱?|配电箱|电动车|电瓶车?|充电器|变压器)"
        r"[^，。]{0,4}(?:冒烟|冒火|烧着|在烧)"
    ),
    "gas": (
        rf"{_GAS}[^，。]{{0,6}}(?:泄漏|泄露|漏气|外泄|漏了|在漏|跑气)|(?:闻到|有|一股)[^，。]{{0,8}}(?:煤气|燃气|"
        rf"天然气|液化气)(?:的)?(?:味|臭)|"
        rf"(?:煤气|燃气|天然气|液化气)(?:的)?味道?(?:很|好|特别|太|非常|越来越)?(?:大|浓|重)|(?:煤气|一氧化碳|"
        rf"燃气)中毒"
    ),
    "medical": (
        r"[晕昏](?:倒|过去|厥|死过去)|昏迷(?!刚|[^，。]{0,4}[月年周])|不省人事|失去(?:了)?[意知][识觉]|没有?(?:了)?意识|[叫喊]不(?:醒|"
        r"应)(?!物业|客服|社区|人)|"
        r"没有?(?:了)?(?:呼吸|心跳|脉搏)(?!道)|(?:人|爷爷|奶奶|老人|爸|妈|老伴|公|婆|他|"
        r"她)(?:已经)?没气(?:儿)?了|"
        r"停止(?:了)?(?:呼吸|心跳)|[喘透]不[上过](?:来)?气|呼吸(?:很|特别|非常)?困难|(?:心脏病|哮喘|癫痫|"
        r"羊癫疯)(?:突然|又|正在)?(?:发作|犯了|发了)|"
        r"心[肌]?梗(?!死?后|死?塞?史|的)|(?:突发|突然)(?:脑|心|胸|中风|抽)|心脏(?:骤停|停了|停跳)|(?:烧|人|孩子|"
        r"娃|直|又|一直)抽(?:了|过去|风了)|抽搐|口吐白沫|休克|大出血|[流出]血不止|血流不止|人流血了|"
        r"[满浑全][脸头身]是?血|倒地(?:不起|不动)|突然倒(?:地|下)|半边身子(?:不能动|动不了|不会动)|"
        r"被(?:毒)?蛇咬|头破血流|止不住血|血止不住|流(?:了)?(?:很多|好多|一地|不少|大量)的?血|"
        r"吐血|触电|被电(?:到|击|了|倒)|溺水|落水|"
        + (
            rf"(?:{_BODY}(?:不小心|刚刚?|都|也|又|突然|在[^，。]{{0,4}}|从[^，。]{{0,6}})?|^)(?:不小心)?掉(?:进|到|"
            rf"下|在)?了?"
        )
        + r"[^，。]{0,4}(?:水|河|井|渠|湖|坑|塘)(?:里|中|去|了)|"
        r"(?:喝|吃|服)(?:了|下)[^，。]{0,4}(?:农药|百草枯|老鼠药|毒药|安眠药|敌敌畏)|服毒|食物中毒|"
        r"摔[^，。]{0,6}(?:[起站]不起来|起不来|爬不起来|动不了|不能动|不会动|不动了|头破|出血|流血)|"
        rf"(?:{_BODY}[^，。]{{0,3}}|^)从[^，。]{{0,8}}(?:摔|掉|坠|跌)(?:了)?下(?:来|去)|"
        r"坠楼|割腕|要生了|羊水破|噎(?:住|着)了?|"
        r"脸(?:都)?(?:发)?[紫青](?:了|$)|卡住(?:喉|嗓|气管)|"
        r"被[^，。]{0,4}车[^，。]{0,3}撞|(?:出|发生)(?:了)?车祸|(?:门口|路口|路上|楼下|前面)(?:有)?车祸|撞车了|"
        r"[打叫拨喊]救护车|[打叫拨]120|快救人|车(?:子)?撞(?:到|了|倒)(?:了)?(?:人|老人|孩子|小孩)|"
        r"快(?:要)?不行了|(?:爷爷|奶奶|老人|爸|妈|老伴|他|她)不行了|[烫烧]伤[^，。]{0,3}严重|(?:严重|大面积|"
        r"全身)[烫烧]伤|快死了"
    ),
    "police": (
        r"[打拨叫]110|(?:正在|在(?!学校|[^，。]*同学)|有人|动手|又)[^，。]{0,10}(?:打人|打(?:群)?架(?!子)|斗殴|行凶|"
        r"砍人|捅人|抢劫|抢东西|砸车|砸门|砸店|撬(?:着)?[^，。]{0,3}(?:门|锁|车|窗)|抢我|抢包|家暴|施暴|"
        r"偷东西|偷车|入室)|"
        r"打起来了|(?:正在|在)[^，。]{0,6}闹事|(?:正)?在打(?:我|她|他|老婆|孩子|老人|媳妇)|(?:持|拿|拿着|举着|挥着|动|亮)(?:了)?(?:菜)?刀(?![具剪切削法片])|"
        r"砍(?:人|伤)|杀人|抢劫|绑架(?!子)|劫持|"
        r"(?:我|他|她|人|孩子|老人)被(?:人)?(?:打(?!扰|卡|印|分)|抢|捅|砍|绑|拐|跟踪|尾随)|"
        r"有歹徒|翻[墙窗][^，。]{0,3}[进入]|闯进(?:了)?(?:我)?(?:们)?(?:家|屋)|进(?:了)?(?:小偷|贼)|(?:小偷|"
        r"贼)(?:还)?(?:正)?在|"
        r"(?:要|想|准备|正在)跳(?:楼|河)|跳楼(?!价|机|大|甩|式)|(?:往下|要)跳(?:下|$|楼)|轻生|自杀(?!式|未遂)|不想活|"
        r"(?<!能)(?<!会)救命(?!稻草|药|"
        r"恩|钱|知识|技|设备|的|之|常识|神器)|"
        rf"{_KIN}[^，。的]{{0,8}}(?:不见了|走丢|走失|丢了?$|丢了[一两三几半\d]|失踪|找不(?:到|着)了?$)"
    ),
    "trapped": (
        r"(?:电梯|井|车)里?(?:还)?困(?:了|着)|(?:困|关|卡|夹)(?:在|进)(?:了)?[^，。]{0,4}(?:电梯|火|水|井|废墟|"
        r"屋里出不来)|电梯[^，。]{0,8}(?:困人|困住|被困|关着人|有人出不来|卡着人|夹(?:到|住|了|着)人)|"
        r"被困(?!难|扰|惑)|(?:反锁|锁)在(?:车|屋|家|房间|卫生间|阳台)(?:里|内|上)(?=.*(?:出不来|哭|孩|娃|宝))|"
        rf"{_KIN}[^，。]{{0,4}}(?:反锁|锁|卡|困)在|(?:房子|楼房?|房屋|屋顶|围墙|墙|脚手架)(?:倒)?(?:塌|"
        rf"坍塌)[^，。]{{0,8}}(?:人|埋|压|砸)|"
        r"(?:房子|楼房?|房屋)(?:倒塌|坍塌|塌)了|(?:埋|压)(?:着|住|在)[^，。]{0,6}(?:人|下面|底下)"
    ),
}
_UG: dict[Kind, str] = {
    "fire": (
        r"ئوت (?:كەتتى|كېتىۋاتىدۇ|كەتكەن|ئاپىتى يۈز بەردى|ئاپىتى بولۇۋاتىدۇ)|ئوت تۇتىشىپ كەتتى|كۆيۈۋاتىدۇ|"
        r"كۆيۈپ كېتىۋاتىدۇ|پارتلىدى|پارتلاپ كەتتى"
    ),
    "gas": (
        r"گاز[ىي]? (?:ئېقىۋاتىدۇ|ئېقىپ|سىزىۋاتىدۇ|سىزىپ|قېچىۋاتىدۇ|قېچىپ|چىقىپ كەتتى|پۇراۋاتىدۇ)|گاز پۇرى|"
        r"گازدىن زەھەرلەن"
    ),
    "medical": (
        r"ھوشىدىن كەت|ھوشسىز|نەپەس ئالالما|نەپىسى توختا|يۈرى?ك كېسىلى قوزغ|يۈرىكى توختا|توك سوق|سۇغا چۈشۈپ كەت|"
        r"سۇغا غەرق|"
        r"قان توختىما|كۆپ قان (?:ئاق|كەت)|زەھەرلىن|يىقىلىپ چۈش|يىقىلىپ ھوش|قان قۇس|ماشىنا سوقۇۋەت"
    ),
    "police": (
        r"ئۇرۇشۇۋاتىدۇ|ئۇرۇۋاتىدۇ|مۇشتلىشىۋاتىدۇ|پىچاق (?:كۆتۈر|تەڭلە|سال)|ئوغرى كىر|بۇلاۋاتىدۇ|بۇلاپ كەت|"
        r"ئۆزىنى ئۆلتۈر|قۇتقۇزۇڭلار|قۇتقۇزۇۋېلىڭ|بال(?:ام|ا) يوقاپ كەت"
    ),
    "trapped": r"لىفت(?:قا|تا|ى?دا) (?:سولىنىپ|قامىلىپ|قاپسىلىپ)",
}
_EN: dict[Kind, str] = {
    "fire": (
        r"\bon fire\b|\bcaught fire\b|\bthere(?:'s| is) (?:a )?fire\b(?! (?:drill|lane|door|exit|extinguisher|"
        r"escape))|\bfire in (?:the|my|our)\b|\bburning down\b|\bexplosion\b|^fire$|\b(?:house|home|flat|"
        r"kitchen|building|room|car) is burning\b|\bexploded\b"
    ),
    "gas": (
        r"\bgas (?:is )?leak(?:ing|s)?\b|\bleaking gas\b|\bsmell(?:s|ing)? (?:of )?gas\b|"
        r"\bcarbon monoxide poisoning\b"
    ),
    "medical": (
        r"\b(?:unconscious|passed out|fainted|not breathing|stopped breathing|drowning|electrocuted|choking)\b|"
        r"\b(?:can'?t|cannot) breathe\b|"
        r"\b(?:having|had|has) a (?:heart attack|stroke|seizure)\b|\bbleeding (?:heavily|badly|a lot)\b|"
        r"\boverdosed?\b|"
        r"\b(?:some(?:one|body)|he|she|man|woman|mother|father|mum|dad|grand\w+|neighbou?r|child|person|"
        r"lady) (?:has |just |has just )?collapsed\b"
    ),
    "police": (
        r"\b(?:stabbed|kidnapped)\b|\bwith a knife\b|\bbeing (?:beaten|attacked|robbed|stabbed)\b|"
        r"\bis (?:beating|attacking|stabbing)\b|"
        r"\bbreaking in(?:to)?\b|\bburglar in\b|\bpeople (?:are )?fighting\b|\bkill (?:him|her|my)self\b|"
        r"\bchild is missing\b|\bsuicid"
    ),
    "trapped": r"\b(?:trapped|stuck) in (?:the|a) (?:lift|elevator|fire|well)\b",
}

# Words before the event, in its clause, that say it is feared, possible, taught or told of.
_BEFORE = re.compile(
    r"如果|要是|万一|假如|倘若|一旦|[怕恐](?!怖)|担心|生怕|防[止范备火]?|避免|以免|免得|预防|谨防|容易|易|"
    r"可能(?:会|引|导|造)|(?<!一)会(?!上|场|议|员|所|计|客|长)[^，。]{0,3}$|"
    r"差一?点|险些|(?:和|跟|与)[^，。]{0,3}(?:同学|小朋友|小孩|别的|其他|人)|小心|当心|注意|别(?!墅|人)|"
    r"不要|能不能.{0,4}(?:讲|教)|(?:想|要|来|去|组织|学习|教|好好)学|学(?:一|会|点|学|好|到|些|急救)|"
    r"教(?:一|大家|我们?|老人|孩子|居民)|讲(?:讲|一|解|授|课)|了解|咨询|请教|"
    r"(?:宣传|讲座|培训|演练|演习|学习|科普|模拟|排练)(?!班|中心|学校|室|机构|时|中|现场|的?时候|点|站|车)|"
    r"如何|怎样|怎么(?:防|预|处|应|判|识|才|让|避)|懂得?|应对|遇到|遇见|碰到|发现有人[^，。]{0,4}时|"
    r"电影|电视|新闻|小说|视频里?|报道|网上|梦[见到]|游戏|故事|小品|话剧|节目|短片|治安|减少|杜绝|隐患|风险|"
    r"导致|引起|引发|造成|致使|没有?(?:再|发生)?$|未(?:发生)?$|不是"
)
_PAST = re.compile(
    r"昨[天晚夜日]|前[天晚]|前几天|前两天|前些[天日]|前段|上(?:周|星期|个?月|次|回|半年|学期)|去年|前年|"
    r"往年|每年|年年|以前|从前|曾经|曾(?=发|着|有|被|因|经)|当年|当时|那[年次]|年前|"
    r"几[年次]|[两三四五六七八九十\d]次|多次|小时候|经常|常常|时常|老是|总是|总有|有时|偶尔|动不动|"
    r"一到[冬夏]|天天|历史|老$"
)
_AFTER = re.compile(
    r"^[了]?(?:过(?!去)|的?时候?(?:该|应|要|怎|如|用|有|能|没)|(?:的话|怎么(?:处理|急救|预?防|自救|逃生|"
    r"应对|报)|如何|该怎么|应该|要怎么)|(?:的)?(?:危险|风险|可能|隐患|原因|责任|事故(?:案例|预防|宣传|处理)|"
    r"后果|概率|教训|报警|警报|检测|探测|"
    r"保险|知识|讲座|宣传|培训|演练|演习|科普|课|手册|预防|预案|案例|图片|海报|视频|防范|救援演|急救|怎么救|"
    r"逃生|应急|自救|处置|方面|安全|行为|问题|现象|事件|志愿|互助|常识|培|防治|干预|热线|心理)|"
    r"用的|以?后[^，]{0,8}(?:出院|休养|在家|恢复|康复|后遗|需要|不能|一直|没|行动|瘫|要|想|墙|房|家里|留|补|赔)|"
    r"之后|史|患者|病人|好了|没事|已经?(?:送|好|灭|扑)|手环|牌|登记|的(?:老|人家|那|房|墙|时|楼|车))"
)
_URGENT = re.compile(r"快来|快点|快派|赶紧|赶快|马上来|救命|救人|现在|正在|刚刚|刚才|速来|急急|快救|快帮")
_HYPOTHETIC = re.compile(
    r"消防(?!员|队|车来)|灭火器|通道|过期|老化|隐患|飞线|充电桩|堆[放满]|杂物|占[用道]|演练|疏散|烟感|报警器|喷淋"
)
_OVER = re.compile(
    r"(?:火|烟)?(?:已经?|已被|都)(?:被)?(?:扑灭|灭了|救下|送医|送到医院|出院|处理好|修好)|虚惊|扑灭了|灭火了"
)

_UG_VETO = re.compile(
    r"ئالدىنى ئال|ئالدىنى ئېل|ئۆگىن|ئۆگەن|ئۆگىت|ئەگەر|تەشۋىق|تۈنۈگۈن|ئۆتكەن|بۇلتۇر|ساۋات|لېكسىيە|كۇرس|بىلىم|"
    r"قورق|ئەنسىر|كەتسە|قالسا|چۈشسە|ئۇرۇشسا|مەشىق|دائىم|ئىلگىرى|خەتىرى"
)
_EN_VETO = re.compile(
    r"\b(?:learn|course|training|class|talk|lecture|prevent\w*|if|in case|afraid|worried|fear|yesterday|"
    r"last (?:week|month|year|night)|"
    r"used to|ago|detector|how to|drill|often|always|sometimes|every|could|might|safety|awareness|poster|"
    r"film|movie)\b"
)
_ZH_EVENTS = {kind: re.compile(pattern) for kind, pattern in _ZH.items()}
_UG_EVENTS = {kind: re.compile(pattern) for kind, pattern in _UG.items()}
_EN_EVENTS = {kind: re.compile(pattern) for kind, pattern in _EN.items()}
_ASKING = re.compile(r"证|政策|津贴|补贴|报销|保险|想问|咨询")
# A fall and its outcome, often told in two clauses.
_FALL = re.compile(r"摔[^。！？]{0,10}(?:[起站]不起来|起不来(?!床)|动不了|不能动|不动了|昏|流血)")
_SENTENCE = re.compile(r"[。！？;!?；\n\r]+")
_CLAUSE = re.compile(r"[，。！？；,!?;、\n\r\u060c\u061b\u061f.…~～]+")


def emergency(text: str) -> Emergency | None:
    """Return the plain emergency a text tells of, or None.

    Understands Chinese, Uyghur and English. Careful: a text that only might be one is let through.
    """
    plain = unicodedata.normalize("NFKC", strip_controls(text)).lower()
    if _OVER.search(plain) and not _URGENT.search(plain):
        return None
    for sentence in _SENTENCE.split(plain):
        fall = _FALL.search(sentence)
        if fall and _happens(sentence, fall, plain):
            return Emergency("medical", NUMBERS["medical"], fall.group())
    for clause in _CLAUSE.split(plain):
        for kind, events in _ZH_EVENTS.items():
            for match in events.finditer(clause):
                if _happens(clause, match, plain):
                    return Emergency(kind, NUMBERS[kind], match.group())
        found = _foreign(clause, _UG_EVENTS, _UG_VETO) or _foreign(clause, _EN_EVENTS, _EN_VETO)
        if found:
            return found
    return None


def _happens(clause: str, match: re.Match[str], text: str) -> bool:
    """Tell whether an occurrence is told as happening now."""
    before, after = clause[: match.start()], clause[match.end() :]
    if _BEFORE.search(before) or _AFTER.match(after):
        return False
    if match.group().endswith("要生了") and _ASKING.search(text):
        return False
    if (_PAST.search(before) or _PAST.match(match.group())) and not _URGENT.search(clause):
        return False
    supposed = not before.strip("要真到时等再的话若") and _HYPOTHETIC.search(text) is not None
    return not supposed or _URGENT.search(text) is not None


def _foreign(clause: str, events: dict[Kind, re.Pattern[str]], veto: re.Pattern[str]) -> Emergency | None:
    if veto.search(clause):
        return None
    hits = ((kind, pattern.search(clause)) for kind, pattern in events.items())
    return next((Emergency(kind, NUMBERS[kind], hit.group()) for kind, hit in hits if hit), None)
