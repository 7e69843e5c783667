"""Forms that say how often: 每…, 按月, 年度终了后…, and where in each window the act falls."""

from __future__ import annotations

import calendar

from monitor.derivation.grammar.form import Form, Groups
from monitor.derivation.grammar.lengths import measured
from monitor.derivation.grammar.numerals import number
from monitor.derivation.grammar.values import Every, Length, Value
from schedules.rules import Aligned, Precision, Recurring
from schedules.spans import Span

YEAR, QUARTER, MONTH, WEEK, DAY = Span(years=1), Span(months=3), Span(months=1), Span(days=7), Span(days=1)
_CYCLES = {
    "年": YEAR, "自然年": YEAR, "会计年": YEAR, "预算年": YEAR, "财政年": YEAR, "学年": YEAR, "季": QUARTER,
    "半年": Span(months=6), "学期": Span(months=6), "半个月": Span(days=15), "月": MONTH, "个月": MONTH, "月份": MONTH,
    "周": WEEK, "星期": WEEK, "旬": Span(days=10), "日": DAY, "天": DAY, "工作日": DAY, "小时": Span(hours=1),
}  # fmt: skip


def cycle(unit: str, times: int = 1) -> Span:
    """The span of ``times`` cycles: 季度 is P3M, two 年 are P2Y."""
    name = unit.removeprefix("个") if unit not in ("个月",) else unit
    one = _CYCLES[name.removesuffix("度")]
    return Span(one.years * times, one.months * times, one.days * times, one.hours * times)


def day_of_year(month: str | None, day: str | None = None) -> str:
    """``MM-DD``; the month's last day (28 in February: the register's convention) where no day is given."""
    m = number(month or "")
    last = calendar.monthrange(2021, m)[1]
    d = number(day) if day else last
    if d > last and (m, d) != (2, 29):
        raise ValueError(f"no such day: {m}-{d}")
    return f"{m:02d}-{d:02d}"


def _yearly_by(g: Groups) -> Value:
    precision: Precision = "day" if g["day"] else "month"
    return Every(Recurring(every=YEAR, due=day_of_year(g["month"], g["day"]), precision=precision))


def _yearly_month(g: Groups) -> Value:
    return Every(Recurring(every=YEAR, start=f"{number(g['month'] or ''):02d}-01", end=day_of_year(g["month"])))


def _yearly_quarter(g: Groups) -> Value:
    last = 3 * number(g["quarter"] or "")
    if g.get("by"):
        return Every(Recurring(every=YEAR, due=day_of_year(str(last)), precision="month"))
    return Every(Recurring(every=YEAR, start=f"{last - 2:02d}-01", end=day_of_year(str(last))))


def _yearly_half(g: Groups) -> Value:
    first = g["which"] == "上"
    if g.get("by"):
        return Every(Recurring(every=YEAR, due="06-30" if first else "12-31", precision="month"))
    return Every(
        Recurring(every=YEAR, start="01-01" if first else "07-01", end="06-30" if first else "12-31")
    )  # fmt: skip


def _year_end(g: Groups) -> Value:
    return Every(Recurring(every=YEAR, due="12-31", precision="year"))


def _monthly_by(g: Groups) -> Value:
    last = g.get("day2")
    if last:
        return Every(Recurring(every=MONTH, from_day=number(g["day"] or ""), due_day=number(last)))
    return Every(Recurring(every=MONTH, due_day=number(g["day"] or "")))


_MONTHLY_THIRDS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}


def _monthly_third(g: Groups) -> Value:
    start, end = _MONTHLY_THIRDS[g["third"] or ""]
    return Every(Recurring(every=MONTH, from_day=start, due_day=end))


def _month_end(g: Groups) -> Value:
    return Every(Recurring(every=MONTH, due_day=31))


_MONTH_IN_QUARTER = {"第一个": 1, "首": 1, "首个": 1, "第二个": 2, "第三个": 3, "最后一个": 3, "末": 3}


def _quarterly_by(g: Groups) -> Value:
    which = _MONTH_IN_QUARTER[g["which"] or ""]
    return Every(Recurring(every=QUARTER, due_month=which, due_day=number(g["day"]) if g["day"] else None))


# 每年1、4、7、10月8日前: the same month of each quarter.
_MONTHS_APART = (("1", "4", "7", "10"), ("2", "5", "8", "11"), ("3", "6", "9", "12"),
                 ("一", "四", "七", "十"), ("二", "五", "八", "十一"), ("三", "六", "九", "十二"))  # fmt: skip
_EACH_QUARTER = "|".join("_月?_[、，]_".join(months) for months in _MONTHS_APART)


def _each_quarter(g: Groups) -> Value:
    return Every(
        Recurring(
            every=QUARTER, due_month=number((g["which"] or "")[0]), due_day=number(g["day"]) if g["day"] else None
        )
    )


def _window_over(g: Groups) -> Value:
    span, workdays = measured(g)
    every = cycle(g["period"] or "")
    said = f"{'每' if g['each'] else ''}{g['period']}{g['over']}"
    return Every(Recurring(every=every, after=said, within=span, within_workdays=workdays))


def _yearly_event(g: Groups) -> Value | None:
    event = (g["event"] or "").removesuffix("开始").removesuffix("之").removesuffix("到来")
    span, workdays = measured(g)
    before = span if span or workdays else Span()
    return Every(Recurring(every=YEAR, event=event, before=before, before_workdays=workdays)) if event else None


def _window_event(g: Groups) -> Value | None:
    span, workdays = measured(g)
    if not g["cycle"]:
        return Length(bound="within", span=span, workdays=workdays, event=g["event"])
    every = cycle(g["cycle"] or "")
    return Every(Recurring(every=every, after=g["event"], within=span, within_workdays=workdays))


def _every(g: Groups) -> Value:
    times = number(g["n"]) if g["n"] else 1
    unit = g["cycle"] or ""
    aligned: Aligned = "rolling" if times > 1 or g["gap"] or (unit == "个月" and g["n"]) else "calendar"
    return Every(Recurring(every=cycle(unit, times)), aligned)


def _so_often(g: Groups) -> Value:
    times = number(g["n"]) if g["n"] else 1
    low = number(g["n2"] or "")
    rule = Recurring(every=cycle(g["cycle"] or "", times), min=low if low > 1 else None)
    return Every(rule, "rolling" if times > 1 else "calendar")


def _by_unit(g: Groups) -> Value:
    return Every(Recurring(every=cycle(g["cycle"] or "")))


def _interval(g: Groups) -> Value | None:
    span, _ = measured(g)
    return Every(Recurring(every=span), "rolling") if span else None


def _by_system(g: Groups) -> Value:
    return Every(Recurring(every=cycle(g["cycle"] or "")), attribute=True)


def _in_the_year(g: Groups) -> Value:
    low = number(g["n"] or "")
    return Every(Recurring(every=YEAR, min=low if low > 1 else None))


_AT = r"(?:的|[应须]?当?[于在])?_"
_YEAR = r"每_年度?_" + _AT
_MONTH = r"每_个?_月_" + _AT
_BEFORE = r"(?:之|以)?前"
_END = r"[底末](?:_之?以?前)?"
_DAY = r"<day>_[日号]"
_WEEKDAY = rf"(?<=周)[一二三四五六日天](?:_{_BEFORE})?"
_HOUR = rf"(?<=[日天])_[0-9]{{1,2}}_(?:[时点]|[：:]_[0-9]{{2}})_{_BEFORE}"
_SYSTEM = "报告|报送|上报|通报|调度|例会|会商|小结|研判|督查|巡查|检查|考核|评价|报|巡"
_LATER = (
    "(?:[向报提开公进对通上组将填汇发召统调拨支缴更抽自]|足额|全额|代为|代[扣缴]|核[定发拨算]|划[拨转]|扣缴|征[收缴]|收[缴取]|"
    "排[出定查]|分解|梳理|调度|结[算清]|检[查测]|制定|编[制报造]|补[充缴]|安排|审[核计查]|清[理算]|盘点|评[估价定])"
)

FREQUENCIES: tuple[Form, ...] = (
    Form("each-quarter", _YEAR + rf"(?P<which>{_EACH_QUARTER})_月(?:份)?(?:_{_DAY})?(?:_{_BEFORE})?", _each_quarter,
         ("每年1、4、7、10月8日前", "every P3M due_day 8 due_month 1")),
    Form("yearly-by", _YEAR + rf"<month>_月(?:份)?(?:_{_DAY}_{_BEFORE}|_{_END}|_{_BEFORE})", _yearly_by,
         ("每年1月31日前", "every P1Y due 01-31")),
    Form("yearly-month", _YEAR + r"<month>_月(?:份)?(?!_[0-9一二三四五六七八九十]|的?第|_?月?_?[至到—\-－]"
         r"|_[、和及]_[0-9]{1,2}_月_[底末])",
         _yearly_month, ("每年九月", "every P1Y from 09-01 to 09-30")),
    Form("yearly-quarter", _YEAR + rf"第?<quarter>_季度(?P<by>_[末底]?{_BEFORE}|_[末底])?", _yearly_quarter,
         ("每年第三季度", "every P1Y from 07-01 to 09-30")),
    Form("yearly-half", _YEAR + rf"(?P<which>[上下])半年(?P<by>[末底]?{_BEFORE}|[末底])?", _yearly_half,
         ("每年上半年", "every P1Y from 01-01 to 06-30")),
    Form("yearly-end", _YEAR + rf"(?:年?{_END}|年终(?:_之?以?前)?)", _year_end,
         ("每年年终", "every P1Y due 12-31 year")),
    Form("monthly-days", _MONTH + r"<day>_[日号]?_(?:至|到|—|-|－|~)_<day2>_[日号](?:期间|前|内)?", _monthly_by,
         ("每月10日至15日", "every P1M from_day 10 due_day 15")),
    Form("monthly-by", rf"(?:每_个?_月_(?:的)?|按月_?(?:于|在)|[次下]个?月){_AT}{_DAY}(?:_{_BEFORE})?(?!_日?_起)",
         _monthly_by, ("每月20日前", "every P1M due_day 20")),
    Form("monthly-third", _MONTH + "<third>", _monthly_third, ("每月上旬", "every P1M from_day 1 due_day 10")),
    Form("month-end", _MONTH + rf"月?{_END}", _month_end, ("每月底前", "every P1M due_day 31")),
    Form("quarterly-by",
         rf"每_个?_季度?_{_AT}(?P<which>第[一二三]个|首个?|末|最后一个)_月(?:份)?"
         rf"(?:的?_前?{_DAY}(?:_{_BEFORE}|_(?:以|之)?内)?)?",
         _quarterly_by, ("每季度第一个月的25日前", "every P3M due_day 25 due_month 1")),
    Form("window-over",
         r"(?P<each>每_?[一个]?)?_(?<!本)(?<!本会计)(?<!本预算)(?<!本财政)<period>_(?P<over>终了|终结|结束|届满)(?:之?后|之日起|之日)?(?:的|起)?"
         r"(?:_<length>_(?:(?:以|之)?内))?",
         _window_over, ("每季度终了之日起十五日内", "every P3M after 每季度终了 within P15D")),
    Form("year-count",
         r"(?:全年|年内|每年度|一年内)_?(?:应|要|须)?(?:至少|不少于|不得少于|累计不少于)_?(?:组织|开展|召开|进行)?_<n>_次",
         _in_the_year, ("年内至少3次", "every P1Y min 3")),
    Form("window-event",
         r"每_个?_(?:<cycle>|次)(?P<event>[^，。；、：\s0-9应须要]{1,10}?)(?:之|以)?后_<length>_(?:以|之)?内",
         _window_event, ("每学期开学后两周内", "every P6M after 开学 within P14D")),
    Form("yearly-event",
         _YEAR + rf"(?P<event>(?:[^，。；、：\s0-9应须要]|(?<=[供响])应){{1,10}}?)(?:开始)?(?:_<length>)?_{_BEFORE}",
         _yearly_event, ("每年汛前", "every P1Y event 汛 before P0D")),
    Form("so-often",
         r"(?P<lead>(?<![第近前后这连续有满]))(?:<n>_(?:个_|(?!月))|每_个?_|(?<!年)(?=半年))(?!工作日)<cycle>_"
         r"(?:至少|不少于|原则上|[应须要]|(?:(?!不超|不得超)[^，。；、：内第0-9一二两三\s]){0,5})?_<n2>_次(?!性)",
         _so_often, ("一年测算一次", "every P1Y")),
    Form("every", rf"每_(?P<gap>隔)?_个?_<n>?_<cycle>(?:度)?(?:{_WEEKDAY}|{_HOUR})?"
         r"(?!龄|薪|轮|级|_(?:[应需须要]|实行)?_(?:24|二十四)_小时)", _every,
         ("每两年", "every P2Y rolling")),
    Form("by-unit",
         rf"(?<!不)(?:按|逐)(?P<cycle>季度?|月度?|周|日|旬|半年|年度?|学期|天)(?={_LATER})(?!对应|计)", _by_unit,
         ("按月提供", "every P1M")),
    Form("interval", r"间隔(?:时间|期限|期)?_(?:原则上|一般)?(?:不得?|不应|不能)超过_<length>", _interval,
         ("检验间隔不得超过6个月", "every P6M rolling")),
    Form("by-system",
         rf"(?<![0-9一二三四五六七八九十每今本当近多双])(?P<cycle>日|周|旬|月度?|季度|半年)_(?:{_SYSTEM})(?:制度?|机制)",
         _by_system, ("月通报制度", "every P1M attribute")),
)  # fmt: skip
