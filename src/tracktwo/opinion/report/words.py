"""Every word of the report and the summary, English and Chinese side by side.

A form in the singular stands before ``|``, chosen by the value ``n``. Placeholders are the same in both languages.
"""

from __future__ import annotations

PAIRS: dict[str, tuple[str, str]] = {
    # The page
    "untitled": ("Votes on statements", "观点表态"),
    "report": ("Common ground report", "共同点报告"),
    "about": (
        "What the votes of {people} on {statements} show: what is shared, what divides, and what cannot be said.",
        "{people}对{statements}作了表态。本报告说明哪些已是共同点，哪些存在分歧，哪些尚无定论。",
    ),
    "people": ("{n} person|{n} people", "{n}人"),
    "statements": ("{n} statement|{n} statements", "{n}条观点"),
    "votes": ("{n} vote|{n} votes", "{n}次表态"),
    "changed": ("{n} vote changed later|{n} votes changed later", "另有{n}次事后更改"),
    "contents": ("Contents", "目录"),
    "made": (
        "Written by tracktwo {version} from a document of the form {schema}. The same votes give the same report.",
        "由 tracktwo {version} 依据 {schema} 格式的文件生成。同样的表态得出同样的报告。",
    ),
    "and": (" and ", "和"),
    "comma": (", ", "、"),
    "colon": (": ", "："),
    "percent": ("{x}\u00a0%", "{x}%"),
    "over": ("over {x}\u00a0%", "超过{x}%"),
    "under": ("under {x}\u00a0%", "不到{x}%"),
    "between": ("between {low} and {high}\u00a0%", "{low}%至{high}%之间"),
    "points": ("{n} point|{n} points", "{n}个百分点"),
    "side": ("Side {letter}", "{letter}方"),
    "group": ("Group {letter}", "群组{letter}"),
    "delegation": ("Delegation {letter}", "与会方{letter}"),
    "all": ("Everybody", "全体"),
    # The sentence at the head
    "whom-sides": ("every side", "各方"),
    "whom-groups": ("every group", "各群组"),
    "whom-everybody": ("the room as a whole", "全体"),
    "lead-both": (
        "On {agree} of {m} statements {whom} agrees, and on {disagree} {whom} disagrees, "
        "with at least {credibility} probability.",
        "在{m}条观点中，{whom}都同意的有{agree}条，{whom}都不同意的有{disagree}条，概率不低于{credibility}。",
    ),
    "lead-agree": (
        "On {agree} of {m} statements {whom} agrees, with at least {credibility} probability.",
        "在{m}条观点中，{whom}都同意的有{agree}条，概率不低于{credibility}。",
    ),
    "lead-disagree": (
        "On {disagree} of {m} statements {whom} disagrees, with at least {credibility} probability.",
        "在{m}条观点中，{whom}都不同意的有{disagree}条，概率不低于{credibility}。",
    ),
    "lead-none": (
        "On none of the {m} statements can it be said with {credibility} probability that {whom} agrees or disagrees.",
        "在{m}条观点中，还没有一条能以{credibility}的概率断定{whom}都同意或都不同意。",
    ),
    "lead-hidden": (
        "Too few people voted for anything to be shown without giving single people away.",
        "表态人数太少，公布任何结果都可能暴露个人的表态。",
    ),
    "lead-kept": (
        "What {whom} shares cannot be shown, because one of them has too few people for its votes to be shown.",
        "{whom}的共同点不能显示：其中一方或一组人数太少，不能公布其表态。",
    ),
    "short": ("In short", "要点"),
    "short-divides": (
        "A difference is borne out on {n} statement.|Differences are borne out on {n} statements.",
        "确有分歧的观点{n}条",
    ),
    "short-no-divides": ("No difference is borne out.", "没有足以认定的分歧"),
    "short-groups": ("{n} group of opinion.|{n} groups of opinion.", "观点群组{n}个"),
    "short-no-groups": ("No stable groups of opinion.", "没有稳定的观点群组"),
    "short-uncertain": ("{n} statement is undecided.|{n} statements are undecided.", "尚无定论的观点{n}条"),
    "short-hidden": ("Some results are held back, and why.", "部分结果不予显示，附原因"),
    # Common ground
    "common": ("Common ground", "共同点"),
    "common-agree-sides": ("Every side agrees", "各方都同意"),
    "common-agree-groups": ("Every group agrees", "各群组都同意"),
    "common-agree-everybody": ("The room agrees", "全体同意"),
    "common-disagree-sides": ("Every side disagrees", "各方都不同意"),
    "common-disagree-groups": ("Every group disagrees", "各群组都不同意"),
    "common-disagree-everybody": ("The room disagrees", "全体不同意"),
    "refusal": ("To reject the same thing is common ground too.", "共同反对同一主张，也是共同点。"),
    "common-empty": (
        "No statement reaches it. What comes closest stands under “What is uncertain”.",
        "没有观点达到这一标准。最接近的见“尚无定论”一节。",
    ),
    "common-probability-sides": (
        "Holds on every side with a probability of {p}. Where it is least shared: {between}.",
        "对各方都成立的概率为{p}；比例最低的一方：{between}。",
    ),
    "common-probability-groups": (
        "Holds in every group with a probability of {p}. Where it is least shared: {between}.",
        "对各群组都成立的概率为{p}；比例最低的群组：{between}。",
    ),
    "common-probability-everybody": (
        "Holds with a probability of {p}; share {between}.",
        "成立的概率为{p}；比例在{between}。",
    ),
    "term-agrees": ("agrees, disagrees", "同意、不同意"),
    "term-agrees-is": (
        "At least {threshold} of those who voted on the statement give that answer. A pass is a vote that gives "
        "neither.",
        "就该观点表态的人中，至少有{threshold}作出这一回答。“暂不表态”计入总数，但不算同意，也不算不同意。",
    ),
    "term-probability": ("probability", "概率"),
    "term-probability-is": (
        "How sure the votes make us that this holds everywhere it is said to hold, also where the answer is shared "
        "least. It counts as found at {credibility}.",
        "依据现有表态，有多大把握断定这一点处处成立，包括比例最低之处。达到{credibility}才算成立。",
    ),
    "term-interval": ("between … and …", "……至……之间"),
    "term-interval-is": (
        "The range that holds the share behind the votes with {credibility} probability. Fewer votes make it wider.",
        "表态背后的真实比例有{credibility}的概率落在这一区间。表态的人越少，区间越宽。",
    ),
    "legend-agree": ("agree", "同意"),
    "legend-disagree": ("disagree", "不同意"),
    "legend-pass": ("pass", "暂不表态"),
    "legend-interval": ("interval of agreement", "同意比例的区间"),
    "legend-threshold": ("threshold, {x}", "标准线{x}"),
    "how-to-read": ("How to read a bar", "条形图读法"),
    "agree-share": ("{x} agree", "{x}同意"),
    "disagree-share": ("{x} disagree", "{x}不同意"),
    "agree-interval": ("{between} agree", "同意比例{between}"),
    "vote-counts": (
        "{agree} agree, {disagree} disagree, {passed} pass",
        "{agree}人同意，{disagree}人不同意，{passed}人暂不表态",
    ),
    "not-shown": ("not shown", "不予显示"),
    "differs": ("differs", "有差异"),
    "no-votes": ("no votes", "无人表态"),
    "more": ("{n} more|{n} more", "另外{n}条"),
    "more-in-table": (
        "{n} more stands in the table of all statements.|{n} more stand in the table of all statements.",
        "另有{n}条，见全部观点的表格。",
    ),
    "statement-number": ("Statement {id}, in the table", "观点{id}，见总表"),
    # The Polis method
    "polis-consensus": ("Group-informed consensus", "顾及群组的共识度"),
    "polis-consensus-is": (
        "The Polis measure multiplies, over the groups, the share that agrees: (agreements + 1) / (votes + 2). It "
        "is high only where every group agrees. It has no threshold and no interval; these are the first {n}.",
        "Polis 的算法：对每个群组取（同意数＋1）÷（表态数＋2），再把各群组的结果相乘。只有各群组都同意，数值才高。"
        "它没有标准线，也没有区间。这里列出前{n}条。",
    ),
    "polis-product": ("Product over the groups: {x}", "各群组之积：{x}"),
    "polis-divides": (
        "The Polis method tests no differences between all groups at once; what sets each group apart stands under "
        "its name as its representative statements.",
        "Polis 方法不统一检验各群组之间的差异；各群组的特点见该群组名下的代表性观点。",
    ),
    # Bridging
    "bridging": ("Agreement across the divide", "跨越分歧的认同"),
    "bridging-is": (
        "A model first explains the votes by one line of division that it finds itself, then asks how much "
        "agreement with a statement is left over. Far right: agreed with from both ends of that line. The bar is "
        "the {credibility} interval; the line in the middle is an average statement.",
        "模型先从表态中找出一条主要的分歧线，用它解释大家的表态，再看每条观点还剩下多少认同。越靠右，越得到分歧两端"
        "的共同认同。横线为{credibility}区间，中间的竖线代表平均水平。",
    ),
    "bridging-value": ("{x} ({low} to {high})", "{x}（{low}至{high}）"),
    "bridging-none": (
        "Not computed: it needs statements with five voters or more, and people with ten votes or more.",
        "未计算：每条观点至少要有五人表态，每人至少要对十条观点表态。",
    ),
    # Slate
    "slate": ("Statements that together represent everyone", "代表全体的一组观点"),
    "slate-is": (
        "{n} statement chosen so that people who agree with each other find their share in it: half of the room "
        "half of it, a fifth of the room a fifth.|{n} statements chosen so that people who agree with each other "
        "find their share among them: half of the room half of them, a fifth of the room a fifth.",
        "选出{n}条观点，使看法相近的人都能按人数找到自己的一份：占全体一半的人得一半，占五分之一的人得五分之一。",
    ),
    "slate-rule": ("Chosen by {rule}.", "采用{rule}选出。"),
    "rule-seqpav": ("sequential proportional approval voting", "序贯比例认可法"),
    "rule-equal-shares": ("the method of equal shares", "等额分摊法"),
    "rule-seqphragmen": ("Phragmén’s sequential rule", "弗拉格门序贯法"),
    "ejr-yes": (
        "Checked (EJR+): no group of people that is large enough is left with less than its share.",
        "已检验（EJR+）：凡人数足够的群体，都没有少得自己的一份。",
    ),
    "ejr-no": (
        "Checked (EJR+): some group of people that is large enough is left with less than its share.",
        "已检验（EJR+）：有的群体人数足够，却没有得到自己的一份。",
    ),
    # What divides
    "divides": ("What divides", "分歧所在"),
    "divides-side": ("Between the sides", "各方之间"),
    "divides-group": ("Between the groups", "群组之间"),
    "divides-delegation": ("Between the delegations", "与会方之间"),
    "divides-is": (
        "Only differences that the votes bear out: of all those listed, about {level} at most are expected to be "
        "chance (false discovery rate). The q of a difference is the lowest such rate at which it would still be "
        "listed. A statement that is missing here is not thereby agreed.",
        "只列出表态足以认定的差异：在列出的全部差异中，出于偶然的预计不超过{level}（错误发现率）。"
        "q为该差异仍会列出的最低比率。未列在此的观点，不等于已有一致。",
    ),
    "divides-group-is": (
        "Groups are tested only on statements that had no part in drawing them.",
        "检验群组差异时，只用未参与划分该群组的观点。",
    ),
    "divides-empty": (
        "No difference was found that could not be chance. That is not the same as agreement.",
        "没有发现可以排除偶然的差异。这并不等于意见一致。",
    ),
    "divides-two": (
        "{first} and {second} are {points} apart in agreement.",
        "{first}与{second}的同意比例相差{points}。",
    ),
    "divides-more": (
        "{first} agrees {points} more than everybody else.",
        "{first}的同意比例比其他人高{points}。",
    ),
    "divides-less": (
        "{first} agrees {points} less than everybody else.",
        "{first}的同意比例比其他人低{points}。",
    ),
    "q-value": ("q\u00a0≤\u00a0{x}", "q\u00a0≤\u00a0{x}"),
    "q-below": ("q\u00a0<\u00a00.001", "q\u00a0<\u00a00.001"),
    # The map
    "map": ("Who stands near whom", "谁与谁相近"),
    "map-is": (
        "People who vote alike stand near each other. The axes have no names: they are what the votes made of them.",
        "表态相近的人在图上也相近。两条轴没有名称，完全由表态算出。",
    ),
    "map-levels": (
        "The lines around a letter hold {masses} of its people.",
        "同一字母的几圈线，由内到外依次包含{masses}的人。",
    ),
    "map-variance": (
        "The plane carries {x} of the variation between votes; the rest is not in the picture.",
        "这一平面反映了表态差异的{x}，其余部分图上看不到。",
    ),
    "map-no-dots": ("No person is drawn.", "图上不画出任何个人。"),
    "map-dots": ("A dot is a person.", "每个点代表一人。"),
    "map-title": ("Opinion map", "观点图"),
    "map-description": (
        "Contours of {camps}. The table that follows says the same.",
        "{camps}的等值线。下表内容与图相同。",
    ),
    "map-too-few": ("No map: too few people voted on enough statements.", "没有观点图：对足够多观点表态的人太少。"),
    "map-suppressed": (
        "No map: drawn for so few people, it would give single people away.",
        "没有观点图：人数太少，画出来会暴露个人。",
    ),
    "map-no-space": (
        "No map: the votes differ in no direction that could be drawn.",
        "没有观点图：表态之间没有可以画出的差异方向。",
    ),
    "map-table": ("The map as a table", "观点图的表格形式"),
    "map-camp": ("Drawn", "图中对象"),
    "map-size": ("People", "人数"),
    "map-across": ("Across, 0–100", "横向0–100"),
    "map-up": ("Up, 0–100", "纵向0–100"),
    "map-nearest": ("Nearest of its kind", "同类中最近者"),
    "map-distance": ("Distance", "距离"),
    # Groups
    "groups-title": ("Groups of opinion", "观点群组"),
    "groups-claimed": (
        "The votes hold {n} group: people who vote alike, whatever side they sit on.|"
        "The votes hold {n} groups: people who vote alike, whatever side they sit on.",
        "从表态中可以看出{n}个群组：群组内的人表态相近，不论属于哪一方。",
    ),
    "groups-given": (
        "{n} group was given with the votes, not found in them.|{n} groups were given with the votes, not found in "
        "them.",
        "{n}个群组由使用者给定，并非从表态中得出。",
    ),
    "groups-asked": (
        "{n} group was drawn, as many as asked for; whether the votes hold so many is another question.|"
        "{n} groups were drawn, as many as asked for; whether the votes hold so many is another question.",
        "按要求划出了{n}个群组；表态中是否真有这么多群组，则是另一回事。",
    ),
    "groups-polis": (
        "The Polis method always draws groups, here {n}; it does not ask whether the votes hold any.|"
        "The Polis method always draws groups, here {n}; it does not ask whether the votes hold any.",
        "Polis 方法总会划出群组，这里是{n}个；它不检验表态中是否真有群组。",
    ),
    "groups-untested": (
        "{n} group was drawn; whether it holds was not tested.|"
        "{n} groups were drawn; whether they hold was not tested.",
        "划出了{n}个群组，未检验其是否稳定。",
    ),
    "groups-none": ("No stable groups.", "没有稳定的群组。"),
    "groups-no-structure": (
        "So much structure often appears where people vote independently of each other. Results are given for the "
        "sides and for everybody.",
        "即使各人独立表态，也常会出现这种程度的聚合。因此只给出各方和全体的结果。",
    ),
    "groups-unstable": (
        "Groups can be drawn, but other ones appear as soon as a few votes are left out. Results are given for the "
        "sides and for everybody.",
        "群组可以划出来，但只要去掉少量表态，划法就会改变。因此只给出各方和全体的结果。",
    ),
    "groups-too-few": (
        "Too few people voted on enough statements to look for groups.",
        "对足够多观点表态的人太少，无法寻找群组。",
    ),
    "groups-not-wanted": ("Groups were not looked for, as asked.", "按要求未寻找群组。"),
    "groups-p": (
        "Were there no groups, votes would look this grouped in {p} of cases ({level} or less is asked for).",
        "假如没有群组，表态聚合到这种程度的概率为{p}（要求不超过{level}）。",
    ),
    "groups-everyone": (
        "The same over everybody with votes enough, each counted with the nearest group: {x} ({needed} is asked for).",
        "把表态足够多的人都归入最近的群组后，吻合度为{x}（要求不低于{needed}）。",
    ),
    "groups-people": (
        "Without a random tenth of the people: {x}.",
        "随机去掉十分之一的人后，吻合度为{x}。",
    ),
    "groups-placed": (
        "{n} of {m} people are placed in a group; the others stand between the groups or voted too little.",
        "{m}人中有{n}人归入群组；其余的人介于群组之间，或表态太少。",
    ),
    "groups-stability": (
        "Drawn again without a random tenth of the votes, the groups agree with these at {x}, where 1 is the same "
        "and 0 is chance ({needed} is asked for).",
        "随机去掉十分之一的表态后重新划分，与现有群组的吻合度为{x}（1为完全相同，0为纯属偶然；要求不低于{needed}）。",
    ),
    "group-size": ("{n} person|{n} people", "{n}人"),
    "group-confidence": (
        "On average, its people belong to it with a probability of {x}.",
        "成员属于该群组的平均概率：{x}。",
    ),
    "group-represents": ("What sets it apart from the others", "与其他人相比的特点"),
    "group-represents-polis": ("Representative statements", "代表性观点"),
    "group-nothing": (
        "No statement sets it apart with enough certainty.",
        "没有哪条观点足以确定地体现该群组的特点。",
    ),
    "group-hidden": ("Not shown: fewer than {k} people.", "不予显示：不足{k}人。"),
    # What is uncertain
    "uncertain": ("What is uncertain", "尚无定论"),
    "uncertain-is": (
        "On {n} statement these votes decide neither way: neither shared by all nor a difference that is borne out.|"
        "On {n} statements these votes decide neither way: neither shared by all nor a difference that is borne out.",
        "有{n}条观点，凭现有表态还得不出结论：既不能说是共同点，也不能说存在分歧。",
    ),
    "uncertain-is-polis": (
        "{n} statement is not certain enough to be called common ground.|"
        "{n} statements are not certain enough to be called common ground.",
        "有{n}条观点，凭现有表态还不能断定是共同点。",
    ),
    "uncertain-none": ("On every statement shown the votes decide.", "凡显示的观点，表态都足以得出结论。"),
    "uncertain-near": ("Closest to common ground first.", "越接近共同点，排得越靠前。"),
    "uncertain-agree": ("Probability that {whom} agrees: {p}", "{whom}都同意的概率：{p}"),
    "uncertain-disagree": ("Probability that {whom} disagrees: {p}", "{whom}都不同意的概率：{p}"),
    # What is not shown
    "hidden": ("What is not shown, and why", "不予显示的内容及原因"),
    "hidden-none": ("Nothing was held back.", "没有隐去任何内容。"),
    "hidden-is": (
        "Where a number could tell how single people voted, it is left out, here and in every other output of this "
        "analysis.",
        "凡可能透露个人表态的数字，本报告及本次分析的其他输出一律不显示。",
    ),
    "what-delegation": ("Results by delegation", "按与会方列出的结果"),
    "what-side": ("Results by side", "按各方列出的结果"),
    "what-group": ("Results by group", "按群组列出的结果"),
    "what-people": ("The positions of single people", "个人在图上的位置"),
    "what-map": ("The map", "观点图"),
    "what-statement": ("Results on {statements}", "有关结果，涉及{statements}"),
    "what-cell": ("{camps}: results on {statements}", "{camps}的结果，涉及{statements}"),
    "reason-below-k": ("fewer than {k} people", "不足{k}人"),
    "reason-complement": (
        "together with what is shown, it would reveal fewer than {k} people",
        "与已显示的数字对照，可推算出不足{k}人的情况",
    ),
    "reason-rule": ("results are by side unless the rules say otherwise", "除非规则另有规定，结果只按各方列出"),
    "reason-person": ("nobody is shown alone", "不单独显示任何个人"),
    # All statements
    "table": ("All statements", "全部观点"),
    "table-is": (
        "In each cell: the bar, the share that agrees, and its interval in per cent. “Differs” marks a difference "
        "from everybody else that the votes bear out.",
        "每格依次为条形图、同意比例及其区间（%）。“有差异”表示与其他人的差异足以认定。",
    ),
    "table-statement": ("Statement", "观点"),
    "table-number": ("No.", "编号"),
    "table-delegations": ("By delegation", "按与会方"),
    "moderated": ("taken out by moderation", "经审核排除"),
    "meta": ("about the person, not the subject", "涉及个人情况，与议题无关"),
    # Method
    "method": ("How this was computed", "计算方法"),
    "method-tracktwo": (
        "Every result is computed for the declared sides exactly as for groups found in the votes. Groups are "
        "reported only if the votes hold more structure than independent voting would and if they survive the loss "
        "of votes; what they are tested on had no part in drawing them. Intervals and probabilities use the "
        "Jeffreys prior, which suits small rooms.",
        "对事先声明的各方和从表态中找出的群组，采用同样的算法。只有当表态的聚合程度超过各人独立表态时可能出现的程度，"
        "并且去掉部分表态后群组仍然不变，才报告群组；检验群组时所用的观点不参与划分群组。区间和概率采用杰弗里斯先验，"
        "适合人数少的场合。",
    ),
    "method-polis": (
        "This report follows the Polis method step by step, its quirks included, so that its numbers are those of "
        "Polis: two principal components, k-means in two stages, representative statements by two proportion "
        "tests, and group-informed consensus. Its tests are made on the votes that drew the groups, so they find "
        "more than there is.",
        "本报告逐步采用 Polis 方法，连同其特有的处理方式，因此数字与 Polis 一致：取两个主成分，分两级作 k 均值聚类，"
        "用两次比例检验选出代表性观点，并计算顾及群组的共识度。其检验所用的正是划分群组的表态，因此会高估群组之间的"
        "差异。",
    ),
    "setting-method": ("Method", "方法"),
    "setting-threshold": ("Threshold for “agrees”", "“同意”的标准线"),
    "setting-credibility": ("Probability asked for", "所要求的概率"),
    "setting-level": ("False discoveries allowed", "允许的错误发现率"),
    "setting-structure": ("Level of the test for groups", "群组检验的水平"),
    "setting-suppress": ("Shown from", "显示的最少人数"),
    "setting-groups": ("Groups", "群组"),
    "setting-delegations": ("By delegation", "按与会方显示"),
    "setting-seed": ("Seed of the random draws", "随机种子"),
    "setting-components": ("Directions found in the votes", "表态中的显著方向数"),
    "setting-bridging": ("Bridging model", "跨分歧模型"),
    "bridging-fit": (
        "{people} people, {statements} statements, loss {loss}",
        "{people}人、{statements}条观点，损失{loss}",
    ),
    "bridging-fit-some": ("{statements} statements, loss {loss}", "{statements}条观点，损失{loss}"),
    "yes": ("yes", "是"),
    "no": ("no", "否"),
    "groups-auto": ("as many as the votes hold", "由表态决定"),
    "groups-off": ("none", "不设"),
    "groups-file": ("from a file", "由文件给定"),
    "groups-number": ("{n}", "{n}个"),
    "method-sources": (
        "Sources: Jeffreys intervals, Brown, Cai & DasGupta 2001; false discovery rate, Benjamini & Hochberg 1995; "
        "EJR+, Brill & Peters 2023; bridging, the objective of Community Notes; the Polis method, Small et al. "
        "2021.",
        "出处：杰弗里斯区间见 Brown、Cai 和 DasGupta（2001）；错误发现率见 Benjamini 和 Hochberg（1995）；EJR+ 见"
        " Brill 和 Peters（2023）；跨分歧模型采用 Community Notes 的目标函数；Polis 方法见 Small 等（2021）。",
    ),
    # The summary on a terminal
    "summary-counts": ("{people}, {statements}, {votes}", "{people}，{statements}，{votes}"),
    "summary-groups": ("Groups: {n}, stable at {x}", "群组：{n}个，吻合度{x}"),
    "summary-groups-plain": ("Groups: {n}", "群组：{n}个"),
    "summary-no-groups": ("Groups: no stable groups", "群组：没有稳定的群组"),
    "summary-hidden": (
        "Not shown, so that nobody is given away: {things}",
        "为免暴露个人，不予显示：{things}",
    ),
    "summary-divides": ("What divides (agreement)", "分歧所在（同意比例）"),
    "summary-more": ("and {n} more|and {n} more", "以及另外{n}条"),
    "kind-delegation": ("results by delegation", "按与会方列出的结果"),
    "kind-side": ("results by side", "按各方列出的结果"),
    "kind-group": ("results by group", "按群组列出的结果"),
    "count-delegation": ("{n} delegation|{n} delegations", "{n}个与会方"),
    "count-side": ("{n} side|{n} sides", "{n}方"),
    "count-group": ("{n} group|{n} groups", "{n}个群组"),
    "count-statement": ("{n} statement|{n} statements", "{n}条观点"),
    "count-cell": ("{n} single result|{n} single results", "{n}项单独结果"),
    "count-people": ("positions of people", "个人位置"),
    "count-map": ("the map", "观点图"),
}

WORDS: dict[str, dict[str, str]] = {
    language: {key: pair[i] for key, pair in PAIRS.items()} for i, language in enumerate(("en", "zh"))
}
