"""Tells a duty's time from every other mention of time: rules as data, each with the words that show it.

A rule looks at the words before and after a time expression inside its statement. The first that fits decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from monitor.derivation.grammar.scan import TimeExpression
from monitor.derivation.grammar.values import Between, Cover, Every, Length, Until, Value
from monitor.derivation.lexicon import any_of
from monitor.derivation.wording import Wording

_LENGTHS: tuple[type[Value], ...] = (Length,)
_PLAIN_LENGTHS = frozenset({"within", "before", "at-least", "not-over"})
#: So many characters around an expression are looked at; no rule reaches farther.
_REACH = 160
_ANY: tuple[type[Value], ...] = (Until, Between, Every, Length, Cover)


@dataclass(frozen=True)
class NoDuty:
    """Words that show that a time expression binds nobody.

    ``before`` must fit the end of what precedes it in the statement, ``after`` the beginning of what follows, ``whole``
    anywhere in the clause, ``unless`` nowhere in it, ``words`` somewhere in the expression itself; an omitted one fits
    always. ``example`` is run by the tests.
    """

    name: str
    example: str
    before: str = ""
    after: str = ""
    whole: str = ""
    unless: str = ""
    words: str = ""
    kinds: tuple[type[Value], ...] = _ANY
    forms: frozenset[str] = field(default_factory=frozenset)

    def fits(self, before: str, after: str, clause: str, said: str) -> bool:
        """True where all given words stand around the expression ``said``."""
        return (
            (not self.before or self._before.search(before) is not None)
            and (not self.after or self._after.match(after) is not None)
            and (not self.whole or self._whole.search(clause) is not None)
            and (not self.unless or self._unless.search(clause) is None)
            and (not self.words or self._words.search(said) is not None)
        )

    @cached_property
    def _before(self) -> re.Pattern[str]:
        return re.compile(f"(?:{self.before})$")

    @cached_property
    def _after(self) -> re.Pattern[str]:
        return re.compile(self.after)

    @cached_property
    def _whole(self) -> re.Pattern[str]:
        return re.compile(self.whole)

    @cached_property
    def _words(self) -> re.Pattern[str]:
        return re.compile(self.words)

    @cached_property
    def _unless(self) -> re.Pattern[str]:
        return re.compile(self.unless)


# What happened or how things stand, so that the length measures a fact.
_HAPPENED = any_of("""
    累计 连续 曾 已经 多次 两次 三次 发生 未发生 受过 有过 出现
    再次(?!答复|办理|公[示告]|报[送告]|征求|审[核查]|验收|检查|复核|组织|提交)
    没有 未被 驾龄 有(?!效|关|序|权|偿) 又 无正当
    不得分 被 违法 违反 超过 未按 拒不
""")
_NATURE = any_of("降雨 降水 雨量 雨强 降雪 降温 气温 风力 变幅 上涨 下降 水位")
_LIVES = any_of("""
    有效期限? 试用期 试行期 任期 聘期 租期 租赁期限? 使用年限 使用期限? (?:使用|占用|借用|租用)[^，。；]{0,12}的期限
    停留期限 居留期限 入境的期限 (?<=境内)停留 服务期 质保期 保质期 保修期 合同期限? 贷款期限? 寿命 学制 刑期 缓刑
    工期
""")
# What an authority or a debtor takes time for: a limit of its length is a duty's time, unlike that of a state.
_HANDLING = any_of("""
    办理 办结 处理 审批 审核 审查 审理 评审 受理 答复 回复 调查 鉴定 检验 检测 整改 改正 付款 支付 公示 公告 查封
    扣押 扣留 冻结 羁押 拘留 留置 核查 复核 复议 裁决 裁定 调解 验收 移交 登记 备案 响应 建设 施工 过渡 修复
""")
_KEEPS = any_of("留样 保存 保管 留存 存储 存档 保留")
_REFUSALS = any_of("不予(?:受理|办理|登记|批准|核准|许可|注册|颁发|签发|换发|补发) 不再受理 不受理")
_BANS = any_of("""
    不得(?:再次?|重新)?(?:从事|担任|取得|被|申请|申领|参加|参与|录用|聘用|申报|报考|承接)
    不得(?:在[^，。；]{2,12}?)?再 禁止其 禁止(?:参加|从事|申请|报考|报名|担任|进入[^，。；]{0,6}行业)
""")
_PENALTIES = any_of("""
    拘留(?!审查|后|决定|通知|证) 有期徒刑 罚款 禁闭 暂扣 吊销 停产停业 记[0-9一二三]+分 警告 开除 暂停其 剥夺
    禁止?其?从事 市场禁入 由[^，]{2,30}(?:责令|处以|给予(?:警告|处分))
""")
_REMEDIES = any_of("申请(?:行政)?复议 提起(?:行政)?诉讼 起诉(?!状|人) 上诉 申诉 申请仲裁")

NO_DUTIES: tuple[NoDuty, ...] = (
    NoDuty("quantity", "6小时内降雨量将达30毫米", kinds=_LENGTHS,
           after=rf"[ 　]?(?:的)?(?:累计|连续|平均|最大|总|过程)?(?:{_NATURE})"),
    NoDuty("daylight", "有效日照时间不低于二小时", kinds=_LENGTHS, before="(?:日照|光照|采光)(?:时间|时数)?[ 　]?"),
    NoDuty("until-expiry", "任期届满前不得解除职务", kinds=_LENGTHS, forms=frozenset({"before-expiry"}),
           whole="^(?![^，。；]*[在于至](?!职))|届满前[^，。；]{0,4}不", after="(?!，[^，。；]{1,30}应当)"),
    NoDuty("either-or", "应当在检验合格后十五日内或者有效期届满前张贴",
           forms=frozenset({"before-expiry", "before-event"}),
           before="内(?:或者|或|以及)[^，。；]{0,16}"),
    NoDuty("ends-before-expiry", "权利在保护期限届满前终止", kinds=_LENGTHS, forms=frozenset({"before-expiry"}),
           after="[^，。；]{0,4}(?:终止|失效|死亡|辞职|离任)"),
    NoDuty("look-back", "近三年内没有违法记录", kinds=_LENGTHS, forms=_PLAIN_LENGTHS,
           before=r"(?:近|最近|过去|此前|前|之前|(?<![届期])满|未满|不满|超过|达到?|连续|累计)[ 　]?"),
    NoDuty("seniority", "从事相关工作不少于五年", kinds=_LENGTHS, forms=frozenset({"at-least", "not-over"}),
           before="(?:工作|任职|从业)[ 　]?"),
    NoDuty("ban", "自处罚作出之日起三年内不予登记", kinds=_LENGTHS,
           after=rf"[ 　]?(?:{_REFUSALS})|，?[^，。；应]{{0,20}}?(?:{_BANS})"),
    NoDuty("restriction", "限制其一年内参加投标", kinds=_LENGTHS, before="(?:限制|暂停|取消)其?[ 　]?"),
    NoDuty("target-figure", "到2019年6月底，基本实现审批时间压缩至90个工作日以内", kinds=_LENGTHS,
           forms=frozenset({"shrunk-to", "not-over"}), before=r"(?:实现|达到)[^，。；]{2,40}"),
    NoDuty("happened-within", "一年内累计两次不合格", kinds=_LENGTHS, after=rf"[ 　]?(?:{_HAPPENED})",
           unless="应当|必须"),
    NoDuty("without-record", "三年内无重大责任事故记录", kinds=_LENGTHS,
           after="(?:无|未|没有)[^，。；]{2,40}(?:记录|行为|事故|处罚|纠纷)$"),
    NoDuty("nothing-suffered", "两年内无犬只被没收", kinds=_LENGTHS, after="(?:无|未|没有)[^，。；]{0,10}被"),
    NoDuty("never-longer", "销售未超过1年", kinds=_LENGTHS, words="^未"),
    NoDuty("so-often-within", "2年内3次以上用于走私的工具", kinds=_LENGTHS,
           after="[0-9一二三四五两]{1,2}(?:人)?次(?:以上|或者)"),
    NoDuty("failed-within", "对方案未在七日内审核同意，且影响使用的", kinds=_LENGTHS,
           before="(?:未能?|没有)[在于][ 　]?"),
    NoDuty("attribute", "二日内未种植的树穴应当覆盖", kinds=_LENGTHS,
           after="(?:不能|未|没有|无)[^，。；]{1,12}的[^，。；]"),
    NoDuty("condition", "在20个工作日内未答复的，由上级责令改正",
           after=r"[^，；。]{0,60}的(?=$|[，；。])(?!，(?:规定|要求|原则))"),
    NoDuty("change", "自事故发生之日起30日内，伤亡人数发生变化的，应当补报", kinds=_LENGTHS,
           forms=frozenset({"within"}),
           after=r"，[^，；。]{0,30}(?:发生变化|(?:无人|未|没有)[^，；。]{1,50})的(?=，|$)"),
    NoDuty("done-within", "自首次提出之日起12个月内，又提出申请的，可以享有优先权", forms=frozenset({"within"}),
           after="，(?![^，。；]*(?:应|须))[^，。；]{2,60}的(?=，|$)", unless="应当|必须|须"),
    NoDuty("right", "可以自收到决定书之日起60日内申请行政复议",
           whole=r"(?<!不)可以(?!在此基础)|(?<![许认不])可(?=在|于|自|向|按|提|申|对|根据|免|享受)|(?<!所)有权(?!处理|管辖|机关|部门|的|审批|批准)|享有"),
    NoDuty("right-of-those", "自公告之日起三个月内，符合条件的异议人可以提出异议", kinds=_LENGTHS,
           forms=frozenset({"within", "before-expiry"}),
           after="(?:或者[^，。；]{2,30})?，[^，。；应须]{2,30}(?<!不)可以(?!延长)"),
    NoDuty("done-before-expiry", "当事人未能在期满前提交的证据", kinds=_LENGTHS, forms=frozenset({"before-expiry"}),
           after="(?:提交|生成|发生|产生|形成|取得|缴纳)的", unless="应当|必须"),
    NoDuty("condition-of-an-order", "春节前能整改的要立即整改",
           after=r"[^，；。]{0,2}(?:能够?|未|无法|仍)[^，；。]{1,16}的(?:一律|均|都)?(?=要(?!求)|应|须|由|予)"),
    NoDuty("relief", "转制为企业后，五年内免征企业所得税",
           after=r"[^，。；]{0,8}(?:免征|减征|免缴|免收|减半|减按|减免|(?<!能否)享受)"),
    NoDuty("distance", "对距法定退休年龄五年以内的人员", forms=frozenset({"within"}), before=r"距离?[^，。；]{1,16}"),
    NoDuty("defined-hours", "值班时间为每个工作日下班后", kinds=(Every,),
           before=r"(?:值班|上班|工作|办公|作息|营业)时间(?:为|是|：)[^，。；]{0,6}"),
    NoDuty("named-hours", "值班时间为下午下班后至次日上班前时间", forms=frozenset({"same-day"}),
           after=r"[^，。；]{0,4}时间(?:和|为|是|，|$)"),
    NoDuty("legal-remedy", "自知道之日起六个月内向人民法院提起诉讼", forms=frozenset({"within", "same-day"}),
           after=rf"(?:[^，。；]{{0,22}}可以|，[^，。；]{{0,16}}可以|[^，。；]{{0,16}}，?[^，。；]{{0,12}}(?:{_REMEDIES}))"),
    NoDuty("limit-of-suits", "直接提起诉讼的，应当自知道之日起六个月内提出", forms=frozenset({"within"}),
           before="(?:诉讼|起诉|上诉|申请(?:行政)?复议|申请再审|申请仲裁)的，应当[^，。；]{0,40}"),
    NoDuty("age", "每年12月31日前年满18岁的公民", after="[ 　]?年?满[0-9一二三四五六七八九十]{1,3}周?岁"),
    NoDuty("length-of-case", "停止工作连续在六个月以内者", kinds=_LENGTHS, after="者(?=$|，)"),
    NoDuty("leave", "给予三十日以内的产假", kinds=_LENGTHS, after="的[^，。；]{0,4}假(?=$|，)"),
    NoDuty("opening-months", "开始实行的头两个月内", kinds=_LENGTHS, before="头[ 　]?"),
    NoDuty("may-before", "在举行会议三十日前，可以报送征求意见", forms=frozenset({"before"}), after="[ 　]?，可以"),
    NoDuty("average", "人均每月用水三吨", kinds=(Every,), before="(?:人均|年均|平均)[ 　]?"),
    NoDuty("average-of-months", "按照水表损坏前三个月用水量平均值计算", kinds=_LENGTHS,
           after="[^，。；]{0,12}(?:的平均|平均[值数]|均值)"),
    NoDuty("way-of-reckoning", "每日用水时间计算标准：生活用水按照二小时计算", kinds=(Every,),
           after="[^，。；]{0,12}(?:计算|核算|计费)(?:标准|方法|办法|公式)(?=$|[：，。；])"),
    NoDuty("named-year", "会计年度自1月1日起至12月31日止", kinds=(Until, Between), whole="年度自"),
    NoDuty("lapse", "一周内其负责人没有按照规定带班，或者档案虚假的", kinds=_LENGTHS,
           after="[^，。；]{0,24}(?:没有|未)[^，。；]{1,30}，或者[^，。；]{1,30}的(?=，|$)", unless="应当|必须"),
    NoDuty("taking-force", "自发布之日起30日内施行", kinds=_LENGTHS,
           after=r"(?![^，。；]{0,2}制定)[^，。；]{0,8}(?:施行|实施$|生效|起效|废止|失效|有效(?!期))"),
    NoDuty("validity", "有效期不超过5年", before=rf"(?:{_LIVES})(?!限?(?:届满|期满|满))[^，。；]{{0,6}}"),
    NoDuty("term-of-each", "经营权每期不得超过十年", kinds=_LENGTHS, before="每[期届]"),
    NoDuty("state", "临时活动期限不超过一年", kinds=_LENGTHS, forms=frozenset({"not-over"}),
           words="年|(?:1[2-9]|[2-9][0-9]|十[二三四五六七八九]|[二三四五六七八九]十[一二三四五六七八九]?)个月",
           before=r"期(?:限|间)?(?:最长)?", unless=f"(?:{_HANDLING})[^，。；]{{0,24}}期|延长"),
    NoDuty("force-of-a-policy", "执行期限为2019年1月1日至2023年12月31日", kinds=(Between, Until),
           before=r"(?:执行|适用|有效|试行|施行)期限?(?:为|是|自|从|：)?[ 　]?"),
    NoDuty("warranty", "履行不得少于两年的保修期义务", kinds=_LENGTHS,
           after=r"[^，。；]{0,4}(?:保修|质保|维护|担保)期?"),
    NoDuty("retention", "保存期限不得少于十年",
           whole=rf"(?:{_KEEPS})(?:[^，。；]{{0,10}}(?:不得?(?:少于|低于|超过)|期限|时间|至少)|"
                 rf"[0-9一二三四五六七八九十]+个?[年月])"),
    NoDuty("counting", "法院裁定前6个月内的期间不计算在前款规定的期限内",
           whole=r"不计[算入]|计算在|为收到|之日为|视为|届满日|是指|所称|期间的计算|以[^，。；]{1,16}为准"),
    NoDuty("penalty", "处十五日内拘留", whole=_PENALTIES, unless="应当|必须"),
    NoDuty("score", "年内无案例不得分", whole=r"不得分|得0分|加[0-9.]+分|^每[^，。；]{0,12}(?:扣|加)[0-9.一二三两]+分"),
    NoDuty("so-far", "截至2022年底，全区有档案馆3个", kinds=(Until,), before=r"(?:截至|截止|至今)"),
    NoDuty("done", "2021年底已完成改造任务", kinds=(Until, Between),
           after=r"[^，。；]{0,8}(?:已经?|共有|累计完成|实现了|达到了|完成了)"),
    NoDuty("habit-of-nature", "主要集中在6至9月", kinds=(Between,),
           before=r"(?:集中在?|出现在|发生在?|多在|多为|分布在|常见于|主要在)[ 　]?"),
    NoDuty("attribute-of-matter", "将每年腾挪出的指标转换为绿票", kinds=(Every,),
           before=r"(?:将|把|对|按照?|以|与|较)",
           after=r"[^，。；]{1,10}(?:出|来|下|到|产生|实现|下达|新增|完成)的"),
    NoDuty("rate-per-cycle", "每日按滞纳税款万分之五加收", kinds=(Every,),
           whole=r"万分之|千分之|百分之[^，。；]{0,8}(?:加收|加处|计收|罚)|每[年月日周]增长"),
    NoDuty("what-is-due", "缴纳每月应缴的保险金", kinds=(Every,), after="应[缴付交收发]的"),
    NoDuty("what-was-paid", "由企业按月缴纳的保险金，存入专户", kinds=(Every,),
           after="[^，。；应要须]{0,10}(?:缴纳|收取|发放|支付|提取|安排|下达)的[^，。；]{2,20}?(?=，|$|应当)"),
    NoDuty("late-fee", "逾期未缴的，须每日增交滞纳金", kinds=(Every,), after="[^，。；]{0,4}(?:滞纳金|罚息)"),
    NoDuty("out-of-limit", "不受每月3个工作日的限制", whole="不受[^，。；]{2,20}限制"),
    NoDuty("share-per-cycle", "配偶每月40%", kinds=(Every,), forms=frozenset({"every"}),
           after="[ 　]?(?:在[^，。；]{2,12}基础上)?(?:增加|增发|加发)?[0-9.]+[%％]"),
    NoDuty("habit", "自1970年以来，我局每年都进行会商", kinds=(Every,),
           before=r"(?:以来|历年来?|近年来|一直)[^。；]{0,16}", unless="应当|必须|要(?!求)|继续"),
    NoDuty("trend", "优良天数逐年提高", kinds=(Every,), forms=frozenset({"by-unit"}),
           after="[ 　]?(?:提[高升]|下降|增[长加]|减少|上升|改善|递[增减]|扩大)"),
    NoDuty("name-of-a-day", "每年11月9日为本市消防日", kinds=(Every, Until),
           after=r"[0-9一二三四五六七八九十月日]{0,8}为[^，。；]{2,16}(?:日|周|节|宣传月)(?=$|[，。；])",
           unless="(?:接待|接访|下访|开放|学习|清洁|党)日"),
    NoDuty("name-of-a-system", "（一）每周调度工作制度", kinds=(Every,), whole=r"^[^，。；]{0,14}制度[ 　]*$",
           unless="实行|建立|执行|落实|坚持|健全|完善"),
    NoDuty("heading", "汛前准备", forms=frozenset({"before-festival"}), kinds=_LENGTHS,
           after=r"(?:准备|工作|检查|排查|安全|动员|部署)[^，。；]{0,4}$"),
    NoDuty("purpose", "为做好汛前准备，召开会议", forms=frozenset({"before-festival"}), kinds=_LENGTHS,
           before="(?:^|，)[ 　]*为了?[^，。；]{1,12}"),
    NoDuty("of-each", "工作日乘以每日的8小时", kinds=(Every,), forms=frozenset({"every"}), after="的(?!应|要|前)"),
    NoDuty("baseline", "力争在压减至95小时以内基础上再压减10%", kinds=_LENGTHS, after=r"[^，。；]{0,4}基础上"),
    NoDuty("bare-past", "3年前建成", kinds=_LENGTHS, forms=frozenset({"before"}),
           before=r"(?:^|[，。；]|(?<![当应须要])[在于]|□)", after="(?![ 　]?(?:向|报|将|书面|通知|告知|提出))"),
)  # fmt: skip


#: The rules that speak of a kind of value, in their order.
_BY_KIND: dict[type[Value], tuple[NoDuty, ...]] = {
    kind: tuple(rule for rule in NO_DUTIES if kind in rule.kinds) for kind in _ANY
}


def binds(words: Wording, expression: TimeExpression) -> bool:
    """True unless a rule shows that the expression is no duty's time."""
    return screened_by(words, expression) is None


def screened_by(words: Wording, expression: TimeExpression) -> NoDuty | None:
    """The rule that takes the expression out, None where it binds."""
    statement = words.statement_at(expression.start)
    left, right = statement.clauses[statement.clause_at(expression.start)]
    start, end = expression.start, expression.end
    before = words.plain[max(statement.start, start - _REACH) : start]
    after = words.plain[end : min(statement.end, end + _REACH)]
    clause = words.plain[max(left, start - _REACH) : max(min(right, end + _REACH), end)]
    if expression.form == "longer":
        return None
    said, form = words.plain[start:end], expression.form
    rules = (rule for rule in _BY_KIND[type(expression.value)] if not rule.forms or form in rule.forms)
    return next((rule for rule in rules if rule.fits(before, after, clause, said)), None)
