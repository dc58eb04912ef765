"""Recognise text that reports on another person's conduct, which this program does not take.

A need is about the writer's own matter or a public place. A text is recognised only where a
certain person (a name, a neighbour, "he") stands right beside conduct, or is reported in so many
words. Things that break, one's own family, thanks and people in general (有人) are let through.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from baodao.base.text.controls import strip_controls


@dataclass(frozen=True, slots=True)
class Conduct:
    """A text about another person: the words that told."""

    words: str

    @property
    def message(self) -> str:
        """What the writer reads."""
        return (
            "这里只收自己的事和公共地方的事，不收说别人怎么样的内容。换成想办的事再写，例如“晚上楼道太吵，想安静一点”。"
        )


_FAMILY = re.compile(
    r"(?:我|俺)(?:的|家|们家|家的|家里的?)?(?:大|小|老|外)?(?:爸|妈|父|母|爷|奶|姥|公|婆|孩子?|娃|儿|女|"
    r"老公|老婆|丈夫|妻|媳妇|哥|姐|弟|妹|叔|姑|姨|舅|孙|对象|家人|老人|老伴|岳)|我是"
)
# Surnames that are not also everyday words at the head of a phrase, and words that begin with one.
_NOT_A_NAME = (
    r"(?!周[末围边一二三四五六日天年期]|田[里间径]|夏[天季]|何[时地况必]|毛[病巾]|雷雨|龙头|钱[包财]|"
    r"严[重格禁]|程[度序]|许[多久]|孔洞|汤圆|陶瓷|余下|金[额属]|"
    r"段时|唐诗|梁柱|杜绝|任[何务]|罗列|苏打|陆[续地]|陈旧|张贴|李子|曾经|江边|丁字|林[荫带业]|宋[体词]|"
    r"叶[子片]|董事|程序|贾[卖]|贺[卡年]|史料|武[术警]|顾[客问虑]|毛发|邓小)"
)
_NAME = (
    _NOT_A_NAME + r"[张王李赵刘陈杨周吴徐孙朱胡郭何罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋余杜叶程苏魏吕丁沈"
    r"姚卢姜崔钟谭陆汪范廖贾夏韦付邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵钱严覃武戴莫孔林任]"
    r"(?![\u4e00-\u9fff]{0,3}[路街巷村庄桥站园院店镇乡县市湖河馆厂区])(?:某某|某|"
    r"[\u4e00-\u9fff](?:[\u4e00-\u9fff]|·[\u4e00-\u9fff]+)?)"
)
_DOTTED = r"[\u4e00-\u9fff]{2,8}·[\u4e00-\u9fff]{2,8}?"
_TITLED = (
    r"(?:老|小|阿)["
    r"张王李赵刘陈杨周吴徐孙朱胡郭马何罗郑梁谢宋唐许韩冯曹彭曾肖田董袁潘蔡蒋杜叶程苏魏吕丁沈姚钟谭姜崔汪范贾夏邹熊秦邱江尹薛段雷侯龙史]|"
    r""
    r"[张王李赵刘陈杨周吴徐孙朱胡郭马何罗郑梁谢宋唐许韩冯]某某?"
)
_BEING = (
    r"(?:邻居|住户|租户|租客|人家|一家|那家|男的?|女的?|女人|男人|老(?:头|太太?|汉|婆子|人)|小伙子?|夫妻|两口子|"
    + _TITLED
    + r"|那家人|小两口|那[个位](?:[男女]的|人)|的人|住的)"
)
_NEAR = (
    r"(?:(?:隔壁|邻居|对门)(?:的|家|那){0,4}" + _BEING + r"?|(?<!在)(?<!到)(?:楼[上下]|旁边|左边|右边|"
    r"(?:[\d一二三四五六七八九十]+(?:号楼|栋|幢|单元|楼|室|户|号))+(?:\d{3,4})?|\d{3,4})(?:的|家|那|住|"
    r"室){0,4}" + _BEING + r")"
)
_SOME = (
    r"某某(?:某)?|某(?:人|户|居民|党员|干部)|那个?(?:人|男[的人]|女[的人]|家伙|老头|小伙|住户|租户)|"
    r"这个?(?:人|男[的人]|女[的人]|家伙)|(?<![其])他们?家?的?|她们?家?|(?:有个|有一个|一个)(?:叫|"
    r"姓)[\u4e00-\u9fff]{1,4}|"
    r"姓[\u4e00-\u9fff]的|我(?:们)?(?:的)?(?:邻居|同事|房东|租客|室友|领导|前夫|前妻)"
)
_STAFF = (
    r"(?:网格员|社区|物业|单位|楼长)?(?:干部|主任|书记|网格员|保安|经理|工作人员|楼长|党员)" + f"(?:{_TITLED}|{_NAME})"
)
_PERSON = f"(?:{_STAFF}|{_NEAR}|{_TITLED}|{_SOME}|{_NAME}|{_DOTTED})"

_STRONG = (
    r"偷(?!听不|税务|懒觉)|赌博?|吸毒|贩毒|嫖|卖淫|出轨|外遇|小三|包二奶|家暴|打(?:老婆|媳妇|孩子|老人|人|"
    r"麻将赌)|骂(?:人|我|街|老人|孩子)|酗酒|耍酒疯|喝(?:醉|多)酒?|骗(?:人|钱|老人|补贴|低保|保险)|诈骗|"
    r"吃空饷|"
    r"贪污|受贿|收(?:红包|黑钱|好处)|作弊|造假|冒领|违法|犯法|犯罪|犯事|坐过?牢|有?前科|可疑|鬼鬼祟祟|"
    r"不正[常经]|神经病|带人回|精神(?:病|有问题)|发疯|传教|信教|做礼拜|念经|戴面纱|留(?:大)?胡[子须]|思想|"
    r"不爱国|极端|"
    r"说[^，。]{0,6}坏话|造谣|传谣|搬弄|乱搞|男女关系|作风|不孝|不(?:赡养|养|管)(?:父母|老人|孩子|爸|妈)|"
    r"虐待|遗弃|好吃懒做|很懒|太懒|懒得|不上班|游手好闲|不务正业|不服从|不听话|不配合|不参加|不来(?:开会|"
    r"学习|活动)|"
    r"霸占|欺负|耍流氓|骚扰|恐吓|威胁|偷税|逃税|超生|同居|离婚|谈恋爱|收留|来路不明|行踪|半夜(?:才)?(?:出|"
    r"回)|(?:深夜|夜里|晚上|很晚)(?:才)?(?:出门|回家|回来)|夜不归宿|聚众|人品|素质|缺德|没教养|"
    r"态度(?:很|特别|太|非常|极其|极)?(?:差|恶劣|不好|坏|凶)|不讲理|蛮横|霸道|不干活|磨洋工|迟到|早退|旷工|"
    r"欠(?:钱|债)|赖账|老赖|小气|自私|举止|吵架|闹离婚|私生活|跟踪|偷看|偷拍|养小|做传销|传销|卖假|无证|"
    r"非法|倒卖|虐|吃拿卡要|办事不公|偏心|不好好|打牌|打架(?!子)|玩手机|打[她他](?!们?电话|们?招呼)|"
    r"带[^，。]{0,4}(?:男|女|陌生)|藏(?:东西|人)|闹事|上班(?:时间)?(?:睡|玩|打)|异常|和境外|私藏|喝酒?醉"
)
# Conduct that is a matter of a public place as long as no certain person is named.
_PUBLIC = r"乱扔|乱倒|乱丢|乱堆|乱停|乱搭|私搭|占用|霸着|占着|故意"
_USUAL = (
    r"(?:经常|长期|常常|总是?|老是|天天|每天|每晚|整天|整晚|一直|动不动|时不时|成天|到处|三天两头|从来不|从不|"
    r"又在|还在|半夜)"
)
# Bounded, so that no text can make the search slow.
_LINK = (
    r"(?:老公|老婆|丈夫|媳妇|儿子|女儿|孩子|父母|这个?人|那个?人|他|她|们|家里?人?的?|一家人?|的人|"
    r"和[\u4e00-\u9fff]{1,3}|昨[天晚]|今[天晚]|晚上|半夜|夜里|上班|白天|最近|近来|行为|好像|可能|肯定|就|也|都|又|很|"
    r"太|在家?里?|把|正|不停|喜欢|爱|是个?|有|什么|私自|偷偷|以前|里|外面|门口|楼道|公共|[\s的]){0,5}"
)
_BENIGN = (
    r"[^，。]{0,8}?(?:帮|照顾|送(?!钱)|教|义诊|打扫|服务|关心|陪|热心|感谢|谢谢|表扬|值班|巡逻|讲课|看望|"
    r"探望|辅导|锻炼|下棋|跳舞|"
    r"漏|渗|滴|水|停电|没水|没电|没热|断电|空调|暖气|下水|管|灯|网|噪音|声音|装修|施工|响|吵|异味|油烟|"
    r"味道?|忙|出差|加班|"
    r"不在|上班|住院|头[晕疼痛]|疼|痛|摔|生病|吃药|忘|一个人|独自|没人|需要|想|担心)"
)
_THINGS = (
    r"(?:电话|热线|箱|信箱|方式|渠道|平台|奖励|制度|邮箱|流程|途径|消防|通道|垃圾|路|楼道|电梯|噪[音声]|"
    r"占道|井盖|违建|油烟|高空|广告|污水|车棚)"
)

@cache
def _rules() -> tuple[re.Pattern[str], ...]:
    """The patterns, compiled at the first text: a tenth of a second that a starting server does not spend."""
    return (
        re.compile(
            rf"(?:举报|检举|揭发|告发|告状|揭露)(?!{_THINGS})(?:一下|下|说|我们?家?|社区|小区|单位|的是|"
            rf"[\d一二三四五六七八九十]+(?:号楼|栋|单元|楼)|[:：\s]){{0,4}}{_PERSON}"
        ),
        re.compile(rf"(?:举报|检举|揭发|告发)[^，。]{{0,12}}(?:{_STRONG})"),
        re.compile(
            rf"(?:投诉|反映|反应|告诉你们|说说)(?:一下|下|[:：\s])*{_PERSON}(?:的)?(?:问题|情况|行为|为人|人品|作风|"
            rf"态度|表现|事情?)"
        ),
        re.compile(
            rf"(?:查查|查一[查下]|盯[着住]?|监视|管管|管一管|教育教育|教育一下|抓起?来?|批评|处罚|处分|曝光|"
            rf"调查)(?:一下)?{_PERSON}"
        ),
        re.compile(rf"{_PERSON}{_LINK}{_USUAL}{_LINK}(?:{_STRONG}|{_PUBLIC})"),
        re.compile(rf"{_PERSON}{_LINK}{_USUAL}(?!{_BENIGN})[^，。]{{2,}}"),
        re.compile(rf"{_PERSON}{_LINK}(?:{_STRONG})"),
        re.compile(rf"(?:{_NEAR}|{_SOME}){_LINK}有问题"),
        re.compile(r"(?:举报|检举|揭发|告发)(?:一下)?(?:楼[上下]|旁边|隔壁|对门)的?$"),
        re.compile(rf"{_PERSON}{_LINK}(?:{_PUBLIC})"),
    )


_EN = re.compile(
    r"\b(?:report|reporting|denounce)\b.{0,12}\b(?:my neighbou?r|him|her|mr|mrs|ms|this man|this woman|"
    r"that man|that woman)\b|"
    r"\b(?:my neighbou?r|the (?:man|woman|guy|people) (?:next door|upstairs|downstairs)|that (?:man|woman|"
    r"guy)|he|she)\b.{0,12}\b(?:steal(?:s|ing)|stole|gambl\w+|drinks?|drunk|cheats?|cheated|beats?|lies|"
    r"lazy|suspicious|immoral|illegal(?:ly)?)\b"
)
_UG = re.compile(
    r"(?:قوشنام|قوشنىمىز|خوشنام|پالانچى|ئاۋۇ ئادەم|بۇ ئادەم).{0,24}(?:دائىم|ھەمىشە|ئوغرى|قىمار|ھاراق|ئۇرىدۇ|"
    r"تىللايدۇ|ئالدا|گۇمانلىق|يالغان)|"
    r"(?:قوشنام|پالانچى|ئۇنى|ئۇ ئادەم).{0,12}(?:پاش قىل|ئەرز قىل|مەلۇم قىل)"
)
_OWN = re.compile(r"被(?:人)?骗|被偷|被盗|丢了")
# "I and the neighbour" is the writer's own matter.
_TOGETHER = re.compile(r"(?:我|我们|我家)[和跟与同]$")
_CLAUSE = re.compile(r"[。！？；!?;\n\r]+")


def about_person(text: str) -> Conduct | None:
    """Return what makes a text a report on another person's conduct, or None.

    Understands Chinese, and plain sentences in Uyghur and English. The writer's own family is
    the writer's own matter.
    """
    plain = unicodedata.normalize("NFKC", strip_controls(text)).replace(",", "，")
    for clause in _CLAUSE.split(plain):
        if _FAMILY.search(clause):
            continue
        for rule in _rules():
            match = rule.search(clause)
            if match and not _OWN.search(match.group()) and not _TOGETHER.search(clause[: match.start()]):
                return Conduct(match.group())
    foreign = _EN.search(plain.lower()) or _UG.search(plain)
    return Conduct(foreign.group()) if foreign else None
