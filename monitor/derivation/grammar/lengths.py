"""Forms that count a length of time from or before an event, or bound how long something lasts."""

from __future__ import annotations

from monitor.derivation.grammar.form import Build, Form, Groups
from monitor.derivation.grammar.numerals import length, number
from monitor.derivation.grammar.values import Bound, Cover, Length, Value
from schedules.spans import Span


def measured(g: Groups) -> tuple[Span | None, int | None]:
    """The span, or the number of working days, that the group ``length`` of a form holds."""
    if g.get("workdays"):
        return None, number(g["workdays"] or "")
    if g.get("only"):
        return length(None, g["halfunit"] or "", half=True), None
    if g.get("count"):
        return length(g["count"], g["unit"] or "", half=bool(g["plus"])), None
    return None, None


def _bounded(bound: Bound) -> Build:
    def build(g: Groups) -> Value:
        span, workdays = measured(g)
        return Length(bound=bound, span=span, workdays=workdays)

    return build


def _between(g: Groups) -> Value:
    days = sorted((number(g["n"] or ""), number(g["n2"] or "")))
    return Length(bound="before", workdays=days[0], earliest_workdays=days[1])


def _before(g: Groups) -> Value:
    return Length(bound="before", span=Span())


def _by_occasion(g: Groups) -> Value:
    return Length(bound="before", span=Span(), event=g["which"])


def _same_day(g: Groups) -> Value:
    if "工作日" in (g["which"] or ""):
        return Length(bound="within", workdays=1)
    return Length(bound="within", span=Span(days=1 if g["which"] in ("次日", "第二天", "第二日") else 0))


_OCCASIONS = "元旦|春节|清明节?|五一|劳动节|端午节?|中秋节?|国庆节?|汛期?|主汛期|供暖期|防火期|开学|入冬|雨季|高考|中考"
_ON_DUTY = "值班|值守|带班|在岗|备勤|监测|监控|监护|巡查|巡护|巡逻|看护|看守|通信|待命|开机"
_TALKING = rf"(?=[^，。；]{{0,14}}(?:{_ON_DUTY}))"
_IN = r"_(?:以|之)?内"
_NOT = r"(?:不[得准]?|不应|不能|不可|未)"
_DO = "完成|办结|办理完毕|答复|办复|作出|予以|报告|上报"
_DO_TODAY = "完成|办结|报|反馈|答复|送|向|上报|将|告知|予以"
_TERMS = ("办理", "审批", "审查", "审核", "办结", "答复", "整改", "处理", "反馈", "受理", "核查", "评审")
_TERM_OF = "|".join(f"{act}{term}为" for act in _TERMS for term in ("期限", "时限"))
_NEXT_DAY = r"(?:次日|第二[天日])(?!起|_[0-9一二三四五六七八九十]{1,3}_[时点：])"

LENGTHS: tuple[Form, ...] = (
    Form("workdays-window", r"<n>_个?(?:工作日)?_(?:至|到|-|—)_<n2>_个?_工作日_(?:之|以)?前?", _between,
         ("90个至30个工作日", "before 30 workdays not earlier than 90"), "Regulations on market access: renewals"),
    Form("round-the-clock", rf"(?:(?:全天|每天|每日)(?:[应需须要]|实行)?)?"
         rf"_(?:24|２４|二十四)_小时_(?:不间断_?|昼夜_?|全天候){{0,2}}{_TALKING}",
         lambda g: Cover("24h"), ("24小时值班", "cover 24h")),
    Form("unbroken", rf"(?:不间断|全天候|昼夜){_TALKING}", lambda g: Cover("unbroken"),
         ("不间断巡护", "cover unbroken")),
    Form("not-over", rf"(?:(?:最[长多迟晚]|至迟)_?)?(?:一般|原则上)?_?{_NOT}超过_<length>(?!_以上)",
         _bounded("not_over"),
         ("不超过3个工作日", "not_over 3 workdays"), "Civil Code art. 1259: 不超过 includes the number"),
    Form("longer", r"(?:延长|延期|顺延|展期)(?P<to>至|到)?_(?:不超过)?<length>(?:_(?:以|之)?内)?", _bounded("not_over"),
         ("可以延长10日", "not_over P10D")),
    Form("at-least", r"(?:不得?|不应|不能)(?:少于|低于|短于)_<length>", _bounded("at_least"),
         ("不得少于60日", "at_least P60D")),
    Form("at-least-shown", rf"(?<=公告|公示|公布|公开)(?:期|时间)?(?:至少|应当?不少于)_<length>(?!_(?:前|一次|{_IN}))",
         _bounded("at_least"), ("公告至少三十日", "at_least P30D")),
    Form("shrunk-to", rf"(?:压缩|压减|缩短|缩减|控制|精简)(?:至|到|为|在)_<length>(?:{_IN})?", _bounded("within"),
         ("压缩至3个工作日以内", "within 3 workdays")),
    Form("at-latest", rf"最[迟晚](?:应当?)?(?:在|于)?_<length>{_IN}", _bounded("within"),
         ("最迟2小时内", "within PT2H")),
    Form("ahead", r"(?:至少_?)?提前_?(?:至少)?_<length>", _bounded("before"), ("提前五日", "before P5D"),
         "Civil Code art. 1259"),
    Form("within", rf"<length>{_IN}", _bounded("within"), ("20个工作日内", "within 20 workdays"),
         "Civil Code arts. 200-203"),
    Form("before", r"<length>_(?:之|以)?前", _bounded("before"), ("一个半月前", "before P1M15D"),
         "Civil Code arts. 200-203"),
    Form("before-festival", rf"(?P<which>{_OCCASIONS})(?:来临|到来)?之?前(?!后|夕|述|_[0-9一二三四五六七八九十])",
         _by_occasion, ("春节前", "before P0D"), "the register: 前 without a span"),
    Form("before-at-least", r"(?<=[^提目之以事日当年月])前(?:不少于|不得少于|至少)_<length>", _bounded("before"),
         ("出让前不少于十个工作日", "before 10 workdays")),
    Form("before-event", rf"(?<=[^提目之以事日当年月间，。；、])前_<length>(?:{_IN})?", _bounded("before"),
         ("届满前30日", "before P30D")),
    Form("before-expiry", r"(?<=届满|期满|到期)(?:之|以)?前(?!_?[0-9一二三四五六七八九十])", _before,
         ("有效期届满前", "before P0D"), "the register: 前 without a span"),
    Form("term-of-act", rf"(?<=(?:{_TERM_OF}))_<length>(?!_以上)", _bounded("within"),
         ("办理期限为3个月", "within P3M")),
    Form("done-in", rf"(?<=[在于])_<length>(?=_?(?:{_DO}))", _bounded("within"),
         ("在5个工作日完成", "within 5 workdays")),
    Form("handled-in", r"<length>(?=_?(?:办结|办理完[毕结]))", _bounded("within"),
         ("1个工作日办结", "within 1 workdays")),
    Form("same-day",
         rf"(?P<which>{_NEXT_DAY}|[次下]一?个?工作日|当日内|当天内|(?<=的)当[日天]|当[日天](?={_DO_TODAY}))(?:{_IN})?",
         _same_day, ("收到申请的当日", "within P0D")),
)  # fmt: skip
