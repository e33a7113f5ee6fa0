"""The forty statements of the sample talks, in both languages, with how the room was meant to see them."""

from __future__ import annotations

from typing import Literal, NamedTuple

Leaning = Literal[
    "all agree", "all disagree", "side A", "side B", "evaluate first", "research first", "open", "leaning yes", "late"
]


class Sentence(NamedTuple):
    """A statement and who is drawn to agree with it."""

    leaning: Leaning
    en: str
    zh: str


SENTENCES: tuple[Sentence, ...] = (
    Sentence(
        "all agree",
        "Serious AI incidents should be reported, within an agreed number of days, to a body that every side trusts.",
        "发生严重人工智能事件的，应在约定天数内向各方都信任的机构报告。",
    ),
    Sentence(
        "evaluate first",
        "No frontier model may be released before an independent laboratory has tested it.",
        "前沿模型未经独立实验室测试，不得发布。",
    ),
    Sentence(
        "side B",
        "The weights of models above an agreed capability should not be published.",
        "能力超过约定水平的模型，其权重不应公开。",
    ),
    Sentence(
        "all agree",
        "If an AI system slips out of control, each side should be able to reach the others within the hour.",
        "一旦人工智能系统失控，各方应能在一小时内相互取得联系。",
    ),
    Sentence(
        "research first",
        "We understand these systems too little to write standards now; research has to come first.",
        "我们对这些系统的了解还不足以支撑标准制定，研究必须先行。",
    ),
    Sentence(
        "all agree",
        "Images, sound and video made by AI should carry a mark that survives copying.",
        "人工智能生成的图像、音频和视频，应带有经复制仍可识别的标识。",
    ),
    Sentence(
        "side B",
        "Each state should decide for itself what counts as misinformation on its own networks.",
        "本国网络上什么算错误信息，应由各国自行认定。",
    ),
    Sentence(
        "all disagree",
        "One laboratory may decide on its own to build a system more capable than all of humanity.",
        "是否建造能力超过全人类的系统，可由一家实验室自行决定。",
    ),
    Sentence(
        "all agree",
        "No AI system may be given the authority to launch a nuclear weapon.",
        "不得授权任何人工智能系统发射核武器。",
    ),
    Sentence(
        "evaluate first",
        "It is for developers to show that a system is safe, not for others to show that it is dangerous.",
        "应由开发者证明系统安全，而不是由他人证明系统危险。",
    ),
    Sentence(
        "open",
        "Feeds ranked by AI have so far done social cohesion more harm than good.",
        "由人工智能排序的信息流，迄今对社会凝聚力弊大于利。",
    ),
    Sentence(
        "side A",
        "Training runs above an agreed amount of compute should be announced beforehand.",
        "训练所用算力超过约定数量的，应事先通报。",
    ),
    Sentence(
        "research first",
        "Fixed capability thresholds will be out of date before they take effect.",
        "固定的能力阈值，不等生效就会过时。",
    ),
    Sentence(
        "all agree",
        "Results of safety research should cross between the sides even where products do not.",
        "即使产品互不往来，安全研究成果也应在各方之间流通。",
    ),
    Sentence(
        "evaluate first",
        "Independent evaluators should see inside a model, not only what it answers.",
        "独立测评机构不仅应看到模型的回答，还应能查看模型内部。",
    ),
    Sentence(
        "all disagree",
        "Disinformation at elections concerns voters alone; developers owe nothing here.",
        "选举中的虚假信息只是选民自己的事，开发者无须承担任何责任。",
    ),
    Sentence(
        "all agree",
        "Whoever asks, a model should never give working instructions for a biological weapon.",
        "无论提问者是谁，模型都不应给出可行的生物武器制造方法。",
    ),
    Sentence(
        "side A",
        "Restricting the export of chips leaves everyone less safe.",
        "限制芯片出口，只会让各方都更不安全。",
    ),
    Sentence(
        "evaluate first",
        "Standards for evaluation should bind within two years, even if they are imperfect.",
        "测评标准即使尚不完善，也应在两年内具有约束力。",
    ),
    Sentence(
        "all agree",
        "Evaluation results that bear on everyone's safety should appear in every language of the talks.",
        "事关各方安全的测评结果，应以对话的各种工作语言公布。",
    ),
    Sentence(
        "open",
        "Within ten years most scientific discoveries will be made by AI systems.",
        "十年之内，多数科学发现将出自人工智能系统。",
    ),
    Sentence(
        "research first",
        "Too much testing too early drives the best safety researchers out of the field.",
        "测试过早、过多，会把最好的安全研究人员挤出这一领域。",
    ),
    Sentence(
        "side A",
        "The values taught to AI systems should be the same everywhere.",
        "教给人工智能系统的价值观，应当处处一致。",
    ),
    Sentence(
        "all agree",
        "A system that copies itself to other machines unbidden should be shut down until that is understood.",
        "擅自把自己复制到其他机器上的系统，在查明原因之前应予关停。",
    ),
    Sentence(
        "evaluate first",
        "Where an evaluation cannot rule out loss of control, training should stop until one can.",
        "测评不能排除失控可能的，应停止训练，直到能够排除为止。",
    ),
    Sentence(
        "side B",
        "Laboratories that train the largest models should need a government licence.",
        "训练最大规模模型的实验室，应取得政府许可。",
    ),
    Sentence(
        "research first",
        "Most of the money for safety should go into understanding models, not into testing them.",
        "安全经费应主要用于弄懂模型，而不是测试模型。",
    ),
    Sentence(
        "all agree",
        "A child should always be told when the other party to a conversation is a machine.",
        "儿童与机器对话时，应始终获知对方是机器。",
    ),
    Sentence(
        "open",
        "Deepfakes endanger trust between states more than trust between neighbours.",
        "深度伪造对国家互信的危害，大于对邻里互信的危害。",
    ),
    Sentence(
        "research first",
        "Published findings make systems safer than certificates do.",
        "要让系统更安全，发表研究成果比颁发证书更管用。",
    ),
    Sentence(
        "side A",
        "Developers should answer for damage done by their models after others have modified them.",
        "模型经他人修改后造成损害的，原开发者也应承担责任。",
    ),
    Sentence(
        "all disagree",
        "Safety can be left to the market, since unsafe systems will not sell.",
        "安全可以交给市场，不安全的系统自然卖不出去。",
    ),
    Sentence(
        "evaluate first",
        "First agree how to test, then raise capabilities.",
        "先商定怎么测，再谈提升能力。",
    ),
    Sentence(
        "all agree",
        "An incident shared in confidence must not be used against the laboratory that shared it.",
        "实验室以保密方式通报的事件，不得用来追究该实验室。",
    ),
    Sentence(
        "side B",
        "Rules for AI should be written by states, not by laboratories and institutes.",
        "人工智能的规则应由国家制定，而不是由实验室和研究机构制定。",
    ),
    Sentence(
        "research first",
        "A joint research institute would do more for safety than a joint inspectorate.",
        "设立联合研究机构，比设立联合检查机构更有利于安全。",
    ),
    Sentence(
        "open",
        "Open weights have so far helped safety research more than they have helped misuse.",
        "迄今为止，开放权重对安全研究的帮助大于对滥用的助长。",
    ),
    Sentence(
        "evaluate first",
        "Inspectors should be let into data centres at short notice.",
        "检查人员临时通知后，即应获准进入数据中心。",
    ),
    Sentence(
        "leaning yes",
        "The way to systems beyond human ability should be negotiated in steps, each with conditions of its own.",
        "通向超越人类能力的系统之路，应分步商定，每一步都有各自的前提条件。",
    ),
    Sentence(
        "late",
        "Organisations that were briefed but stay away should be shown the test reports.",
        "获通报但未参加对话的组织，也应能看到测试报告。",
    ),
)
