"""Plain emergencies are recognised; the same words in everyday needs are not."""

import time
from pathlib import Path

import pytest

from baodao.base.text.free import emergency


def corpus(name):
    """Sentences of one kind, one a line."""
    return (Path(__file__).parent / "corpus" / f"{name}.txt").read_text(encoding="utf-8").splitlines()


PLAIN = {
    "fire": """着火了
家里着火了快来人
三楼起火了，冒着浓烟
厨房着火了，灭火器过期了用不了
我们单元有人家失火
隔壁烧起来了
楼下电动车冒烟了，快来
地下室发生火灾
5栋2单元着大火了！
火势很大，楼道里全是浓烟
着火了快来！消防通道被堵了
楼道电箱冒火了
ئۆيدە ئوت كەتتى، تېز كېلىڭلار
the kitchen is on fire
There is a fire in my building""",
    "gas": """煤气泄漏
楼道里闻到很浓的煤气味
家里天然气漏气了怎么办
厨房燃气味很大，头有点晕
有人煤气中毒了
可能煤气泄漏了，味道很大
燃气管道泄露，闻着头疼
ئۆيدە گاز سىزىۋاتىدۇ
gas leak in our staircase""",
    "medical": """有人晕倒
有人晕倒了，快叫救护车
我妈突然昏过去了
楼下老人摔倒起不来了
爷爷叫不醒了
老人心脏病发作
孩子掉进水渠里了
有人触电了
她喝了农药
邻居从二楼摔下来了
门口出车祸了
一个老人被车撞了
我爸喘不上气
孩子被花生噎住了
老伴突然抽搐，口吐白沫
流了很多血，止不住
曾阿姨晕倒了
活动时有人晕倒了
上课的学生昏倒了
我邻居快要生了，羊水破了
بىر ئادەم ھوشىدىن كەتتى
an old man collapsed at the gate
my mother is not breathing""",
    "police": """正在打人
楼下有人打架，打起来了
有人持刀
有人在撬门
小偷正在我家里
他拿着菜刀要砍人
有人要跳楼
救命
孩子走丢了
我家孩子不见了，找了一小时
有人抢劫
有个陌生人闯进我家
我被人打了
他正在打老婆，快来人
ئىككى ئادەم ئۇرۇشۇۋاتىدۇ
someone is breaking into my flat
a man with a knife downstairs""",
    "trapped": """有人被困在电梯里
电梯困人了
孩子被反锁在家里，一直哭
房子塌了，有人压在下面
stuck in the elevator, please come""",
}

EVERYDAY = corpus("everyday")

MORE = corpus("emergencies")

CASES = [(kind, line) for kind, lines in PLAIN.items() for line in lines.splitlines()]


@pytest.mark.parametrize(("kind", "text"), CASES)
def test_a_plain_emergency_is_recognised(kind, text):
    found = emergency(text)
    assert found is not None
    assert found.kind == kind
    assert found.number == {"fire": "119", "gas": "119", "trapped": "119", "medical": "120", "police": "110"}[kind]


@pytest.mark.parametrize("text", MORE)
def test_other_words_for_the_same_are_recognised(text):
    assert emergency(text) is not None


@pytest.mark.parametrize("text", EVERYDAY)
def test_an_everyday_need_is_not(text):
    assert emergency(text) is None


def test_the_message_names_all_three_numbers_the_fitting_one_first():
    found = emergency("有人晕倒")
    assert found.message == "这像是紧急情况，马上打 120（也可打 110、119）。这里要等人看到才能处理，来不及。"
    assert found.words == "晕倒"


def test_full_width_letters_and_direction_controls_do_not_hide_it():
    assert emergency("家里\u202e着火了").kind == "fire"
    assert emergency("ＧＡＳ　ＬＥＡＫ").kind == "gas"


def test_the_corpus_is_large_enough():
    assert len(CASES) >= 40
    assert len(EVERYDAY) >= 40


@pytest.mark.parametrize("piece", ["老不", "煤气", "摔", "着火怕", "有人在", "孩子", "گاز ", "gas "])
def test_no_text_makes_the_search_slow(piece):
    begun = time.process_time()
    emergency((piece * 300)[:300])
    assert time.process_time() - begun < 0.5
