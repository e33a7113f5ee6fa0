"""What is said in the sample room: concerns, meetings, confidences, a leak plan. Every person and party is invented."""

from __future__ import annotations

from typing import NamedTuple

Both = dict[str, str]


def both(en: str, zh: str) -> Both:
    """One text in both languages."""
    return {"en": en, "zh": zh}


NAME = both("Talks on the safety of frontier systems", "前沿系统安全对话")
CODE_NAME = both("Heron", "白鹭")
MANDATE = both(
    "To find what laboratories and institutes of both sides can say together about the risks of frontier AI, and to"
    " prepare proposals that others may take up.",
    "寻求双方实验室与研究机构就前沿人工智能风险能够共同表达的内容，并准备可供他方采纳的提案。",
)
CUSTODY = both(
    "This sample room runs on this machine alone, under no law but yours. Its keys are in the memory of the process,"
    " and everything is thrown away when it stops.",
    "本示例会议室仅在这台机器上运行，除您所在地的法律外不受其他法律管辖。密钥只存于进程内存，停止运行后一切内容即行清除。",
)
PRESS_LINE = both("We do not comment on meetings of scientists.", "我们不就科学家的会议发表评论。")
MEDIATOR = both("Ines Halloway", "伊内丝·哈洛韦")
FIRST_NAMES = (
    *("Ada", "Bram", "Clara", "Dev", "Elin", "Farid", "Greta", "Hugo", "Ilse", "Jonas", "Kira", "Leon"),
    *("Mara", "Nils", "Olga", "Pavel", "Rosa", "Silas"),
)
LAST_NAMES = ("Ashdown", "Birkholt", "Corvane", "Delmuth", "Elderwin", "Farrowby")
CHINESE_NAMES = (
    *("林知远", "沈若水", "周怀谷", "许明岚", "陆青禾", "何叙白", "顾清和", "唐以宁", "程望舒", "宋砚秋", "韩映雪"),
    *("江闻笛", "叶疏桐", "白景行", "秦南乔", "苏见微", "温如玉", "方未晚"),
)


class Raised(NamedTuple):
    """A concern of the sample talks."""

    theme: int
    by: str
    """seat, organisation or nobody."""
    en: str
    zh: str
    severity: tuple[int, int]
    """As sides A and B tend to see it."""
    likelihood: tuple[int, int]
    became: Both | None = None
    kind: str = "statement"


CONCERNS = (
    Raised(0, "organisation",
           "In the days before a vote, synthetic reports cannot be told from real ones in time.",
           "在公众表决前的几天里，合成报道无法及时与真实报道区分开来。", (4, 4), (4, 4),
           both("Put to the first sounding", "已列入首次征询")),
    Raised(0, "seat",
           "Corrections reach fewer people than the error did, and reach them in another language later still.",
           "更正的传播范围不及错误信息，而在另一种语言中则来得更迟。", (3, 3), (4, 5)),
    Raised(1, "nobody",
           "One system can run a campaign in twenty languages at once, and no party would see the whole of it.",
           "一个系统即可同时以二十种语言开展宣传攻势，而任何一方都无从看到全貌。", (5, 4), (3, 3)),
    Raised(2, "organisation",
           "Systems tuned to hold attention drive communities apart although nobody intends it.",
           "以留住注意力为目标的系统会使社群彼此疏离，尽管并无人有此意图。", (3, 5), (4, 4),
           both("Put to the sounding that is open now", "已列入正在进行的征询")),
    Raised(3, "seat",
           "Agents that act on networks for days are tested for minutes.",
           "在网络上连续行动数日的智能体，只接受了几分钟的测试。", (5, 4), (3, 3)),
    Raised(4, "organisation",
           "Help with dangerous biology is refused in one language and given in another.",
           "对危险生物学问题的协助，在一种语言中被拒绝，在另一种语言中却可得到。", (5, 5), (3, 2),
           both("Consistency across languages", "跨语言一致性"), "test"),
    Raised(6, "nobody",
           "Some of us cannot say in public that our own tests are too weak.",
           "我们之中有人无法公开承认自己的测试过于薄弱。", (4, 4), (4, 4)),
    Raised(6, "seat",
           "Evaluations are not comparable between laboratories, so nobody can say whether systems grow safer.",
           "各实验室的评测互不可比，因而无人能说系统是否变得更安全。", (3, 4), (5, 4)),
    Raised(6, "nobody",
           "Incidents are not shared, because whoever tells first is blamed first.",
           "事故得不到共享，因为谁先说出，谁就先受责难。", (4, 3), (5, 5)),
)  # fmt: skip

OPEN_SENTENCES = (
    both("Laboratories should tell each other of a serious incident within 72 hours.",
         "实验室应在72小时内相互通报严重事故。"),
    both("A refusal that depends on the language of the question is a defect to be reported.",
         "因提问语言不同而异的拒答属于应当报告的缺陷。"),
    both("Tests of long-running agents should last as long as the agents do.",
         "对长时间运行的智能体，测试时长应与其运行时长相当。"),
    both("Synthetic reports about a vote should be marked by whoever makes the system.",
         "涉及公众表决的合成报道应由系统提供者加以标识。"),
    both("Systems should not be optimised for attention alone.",
         "系统不应仅以吸引注意力为优化目标。"),
    both("Each side should name one laboratory that receives warnings at any hour.",
         "双方应各指定一家实验室，随时接收预警。"),
    both("Results of safety tests should be published even where they embarrass.",
         "安全测试结果即使令人难堪也应公布。"),
    both("A common glossary should come before a common standard.",
         "共同术语表应先于共同标准。"),
)  # fmt: skip

WIDE_SENTENCES = (
    both("I want to know when I am talking to a machine.", "我希望知道自己何时在与机器交谈。"),
    both("Schools should teach how synthetic images are made.", "学校应讲授合成图像是如何制作的。"),
    both("A system should refuse the same things in every language.", "系统在各种语言中应拒绝同样的事情。"),
    both("I would rather have slower progress with more tests.", "我宁愿进展慢一些、测试多一些。"),
    both("Companies should pay for independent tests of their systems.", "企业应为其系统的独立测试付费。"),
    both("Rivals should share what they know about accidents.", "竞争对手之间应共享事故信息。"),
)

CONFIDENCES = (
    ("never", "We may lose our board's support if a date is named before summer.", ""),
    ("test", "We could accept notice within 72 hours if it is limited to serious incidents.", ""),
    ("conditional", "We would publish our test results.", "Only if the other side's two laboratories do so too."),
)  # fmt: skip

HOLDING_LINES = (
    (both("A journalist asks whether talks take place", "记者询问对话是否正在举行"),
     both("Scientists meet in many places. We do not speak about any one meeting.",
          "科学家在许多场合会面。我们不谈论任何一次具体会议。"),
     both("The mediator", "调解人")),
    (both("A list of names is published", "名单被公开"),
     both("We respect the privacy of everybody who may or may not be on such a list.",
          "无论是否在名单之列，我们尊重每一位当事人的隐私。"),
     both("Each head of delegation, in the same words", "各与会方团长，措辞一致")),
)  # fmt: skip

MEETINGS = (
    ("plenary", both("Opening plenary", "开幕全体会议"), 0, 9, False,
     (both("Rules of procedure", "议事规则"), both("First concerns", "首轮关切"))),
    ("contact", both("Contact group on incidents", "事故问题联络组"), 0, 14, False,
     (both("What counts as serious", "何谓严重"), both("Who tells whom", "由谁通报谁"))),
    ("informal", both("Dinner conversation", "晚餐交谈"), 0, 19, True, (both("No agenda", "无议程"),)),
    ("concordance", both("Terms in both languages", "双语术语核对"), 1, 10, False,
     (both("Safety and security", "“安全”与“安保”"),)),
    ("plenary", both("Results of the first sounding", "首次征询结果"), 2, 9, False,
     (both("What all sides share", "各方共同点"), both("What to put to the next sounding", "下次征询的内容"))),
)  # fmt: skip
