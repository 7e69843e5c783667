"""Which words name an organ, a body or a class of people, and how a list of names is parted."""

from __future__ import annotations

import re

from monitor.derivation.marks import BLANK, INNER

# Endings that make a word a name wherever it stands. Generic kinds only: no organ of any one place.
_BODIES = (
    "委员会|办公室|办事处|指挥部|指挥机构|领导小组|专责小组|工作小组|协调小组|工作组|工作专班|专班|联席会议|管委会|"
    "人民政府|政府|部门|单位|机关|机构|组织|集团|公司|企业|中心|分局|总局|大队|支队|总队|中队|队伍|党委|党组|党工委|党支部|"
    "党总支|总支|支部|纪委|常委会|代表大会|大会|人大|政协|法院|检察院|仲裁庭|合议庭|法庭|学校|院校|高校|中学|小学|幼儿园|大学|学院|医院|卫生院|银行|"
    "信用社|合作社|协会|商会|学会|联合会|工会|妇联|团委|残联|科协|村委会|居委会|居民小组|村民小组|社区|街道|乡镇|镇街|林场|农场|"
    "园区|开发区|高新区|景区|馆|网格|车站|机场|港口|站点|接种点|采样点|水库|电站|供电所|派出所|司法所|区防指|防指|河长办|"
    "村民会议|小组会议|代表会议|居民会议|职工会议|理事会议|保护区域|特殊区域|"
    "网信办|督查室|编办|政法委|宣传部|组织部|统战部|监委|调查组|专家组|审核组|评审组|检查组|督导组|督查组|巡察组|考核组|工作队|救援队|消防队|抢险队伍"
)
_PEOPLE = (
    "负责人|责任人|负责同志|领导干部|领导班子|领导|人员|工作者|申请人|当事人|投标人|招标人|采购人|供应商|纳税人|扣缴义务人|监护人|经营者|生产者|"
    "所有人|使用人|权利人|义务人|代理人|承包人|发包人|承租人|出租人|用人单位|劳动者|消费者|举报人|投诉人|被申请人|"
    "第三方|第三人|双方|一方|甲方|乙方|公民|法人|个人|组织者|主办方|承办方|主办者|承办者|业主|住户|农户|居民|村民|代表|委员|成员|会员|经营人|持有人|承运人|托运人|投保人|保险人|债权人|债务人|管理人|开办者|运营者|"
    "主任|副主任|组长|副组长|局长|副局长|市长|副市长|区长|副区长|县长|副县长|镇长|乡长|省长|书记|副书记|秘书长|"
    "主席|院长|校长|园长|所长|站长|处长|科长|部长|厅长|主编|指挥长|副指挥长|总指挥|河长|湖长|林长|田长|警长|联络员|护林员|巡查员|网格员|安全员|信息员|管理员|审计师|会计师|"
    "医师|律师|教师|学生|职工|干部|党员|辅导员|班主任|驾驶员|值班员|群众|游客|者"
)
#: One-character endings, good only where a predicate or a list goes on right behind them.
_SHORT = "局委办厅部处科组队所院站室镇乡村区县市省州旗盟署厂矿校馆人方户庭"
#: A name's telling ending, of two characters or more.
ENDING = re.compile(rf"(?:{_BODIES}|{_PEOPLE}|各地|各级|各方)$")
_NAMED = re.compile(rf"(?:{_BODIES}|{_PEOPLE}|各地|各级|各方|[{_SHORT}])(?:（[^（）]{{1,20}}）)?$")
_NOT_NAMED = re.compile(
    r"(?:本办法|农村|城乡|城镇|乡村|新村|社会|机会|工作会|人人|他人|无人|本人|以下|有关规定|过程中|全社会|地区|山区|林区|库区|灾区|小区|辖区|片区|城区|(?<!保护)区域|"
    r"全市|全区|全县|全省|本市|本省|本区|本县|我市|我区|我县|内部|全部|干部职工人数|部分|大部|责任组|实处|大局|格局|结局|布局|全局|之处|好处|一处|各处|到处|办理|落实)$"
)
#: 林业管理部门…人员: a possessor in front of people makes one name of the whole list.
_POSSESSED = re.compile(
    rf"(?:{_BODIES}|[局委厅镇])(?:的|[^，、]{{0,6}})?(?:主要|分管|有关|相关|财会|工作|管理|执法|值班)?(?:{_PEOPLE})$"
)
_KEPT = ("任何单位和个人", "单位和个人", "单位或者个人", "法人和其他组织", "法人或者其他组织", "单位和人员")
_JOINTS = re.compile(r"、|，以及|，|以及|和|及|与|或者|或|　+| +|；|/")
_BRANCH = re.compile(r"[^区县市省、\s]{2,4}(?:分局|分公司|支队|大队)(?:$|[、\s])")
_HONOURS = re.compile(r"(?:同志|先生|女士)$")
_LEADING = re.compile(
    r"^(?:由|请|以及|及|和|与|并|同时|其中|包括|主要由|经|凡|但|且|原则上|必要时|此外|另外|因此|[一二三四五六七八九十]是|"
    r"[①-⑳]|[0-9]{1,2}[.、])(?=..)"
)
# Verbs, prepositions and adverbs that no name holds: the words are a clause, not a name.
_CLAUSE = re.compile(
    r"向|把|于|年底|月底|应当|必须|迎接|加强|落到|落实|列出|清单|(?<![所现驻存])在(?!建|职|岗|校|编|任|线|役|读)|(?<![行作以成人])为(?!民|人|业)|经常|确保|开展|完成|实行|实现|坚持|推动|推进|认真|切实|提高|提升|强化|深化|进一步|是否|"
    r"严格|按照|根据|依照|通过|围绕|关于|为了|充分|不断|积极|着力|形成|打造|构建|建设好|履行|违反|将|并|(?<!级)以[下上]|每(?!个单位)|"
    r"召开|制定|制订|编制|报送|上报|提交|提供|提出|收集|发现|收到|接到|以(?!及|上|下)|被(?!征|告|许|申|检|监|执)|[0-9]|[，。；：]|对(?!外|口)"
)
# Verbs that govern the words behind them: 督促各部门 names nobody who acts himself.
_VERB_FIRST = re.compile(
    r"^(?:督促|要求|责成|邀请|支持|鼓励|引导|帮助|聘请|安排|选派|抽调|调动|动员|联系|配合|协助|会同|通知|告知|确定|调整|成立|设立|指定|委托|"
    r"组织(?!部|委|人|者|单位|机构)|指导(?!组|员|小组|委)|协调(?!小组|组|机构|办|员)|监督(?!管理|机构|局|所|站|部门|员|检查|单位)|"
    r"探索|促进|服务(?!中心|站|窗口|管理|机构|公司|局|单位|组|队|大厅)|推行|结合|具备|利用|依托|具有|完善|健全|优化|创新(?!中心|办)|发挥|聚焦|立足|"
    r"加快|加大|拓展|培育|支撑|满足|保障(?!局|组|中心|部门|单位|人员)|助力|规范|畅通|压实|明确|列入|属于|涉及|超过|符合|未|已|拥有|取得|申请(?!人|单位|者|机构)|办理|被(?!征|告|许可|申请|检查|监督|执行|评估|审)|"
    r"新建|改建|扩建|设置|报|送|交|经(?!营|济|办)|给|为|使|让|令|因|如|若|凡|当(?!事|地)|从|自(?!然|治|愿)|在|于|由|其(?!他)|该项|此项|无|有(?!关)|没有|不|非(?!法人)|一些|这些|那些)"
)
# What not even a subject right before its modal holds (收到举报的部门应当… is one name).
_NO_SUBJECT = re.compile(
    r"[，。；：]|向|把|将|应当|必须|^(?:在|对|按|经(?!营|济|办)|由|自(?!然|治|愿)|从|为|因|如|若|凡|当(?!事|地)|根据|依照|通过)"
)
_ALONE = (
    "组织",
    "领导",
    "代表",
    "大会",
    "单位",
    "机构",
    "队伍",
    "组",
    "人员",
    "者",
    "站点",
    "集团",
    "主任",
    "负责人",
    "政府部门",
)


def is_name(words: str) -> bool:
    """True where the words end like the name of an organ, a body or a class of people."""
    return bool(words) and len(words) <= 45 and bool(_NAMED.search(words)) and not _NOT_NAMED.search(words)


def is_whole_name(words: str) -> bool:
    """True where the words, all of them, can be a name: no verb or preposition stands in them."""
    return (
        len(words) > 1
        and is_name(words)
        and words not in _ALONE
        and not _CLAUSE.search(words)
        and not _VERB_FIRST.match(words)
    )


def is_subject(words: str) -> bool:
    """True for the words before a modal, which may hold verbs as long as they end in a name."""
    return len(words) > 1 and is_name(words) and words not in _ALONE and not _NO_SUBJECT.search(words)


def clean(words: str) -> str:
    """A name without 同志, particles in front, and blanks or marks around it."""
    words = words.replace(BLANK, "").strip(" 　*\"'，、。：；")
    while shorter := _LEADING.sub("", words):
        if shorter == words:
            break
        words = shorter
    return _HONOURS.sub("", words).strip()


def part(words: str) -> tuple[str, ...]:
    """The names in a list: ``各部门、各单位`` is two, ``市财政、税务等部门`` and ``区委、区政府主要领导`` are one each."""
    words = clean(words)
    if not words:
        return ()
    if words.endswith(_KEPT) or (
        _POSSESSED.search(words) and "、" in words and not _POSSESSED.search(words.split("、")[0])
    ):
        return (words,)
    names: list[str] = []
    held = ""
    at = 0
    for joint in [*_JOINTS.finditer(words), None]:
        end = joint.start() if joint else len(words)
        piece = held + words[at:end]
        at = joint.end() if joint else end
        if joint is None or (is_name(piece) and _begins_name(words[at:], joint[0])):
            names.append(piece)
            held = ""
        else:
            held = piece + (joint[0] if joint else "")
    return tuple(name.replace(INNER, "、") for name in map(clean, names) if name)


def _begins_name(rest: str, joint: str) -> bool:
    """True where what follows a joint is a name of its own; a branch behind a mere blank belongs to what precedes."""
    if joint.isspace() and _BRANCH.match(rest):
        return False
    return bool(rest) and not rest.startswith(("其他", "其负责人", "其主要"))
