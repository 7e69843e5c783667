"""Forms that name a day, or the end of a month, quarter or year, or a stretch between two."""

from __future__ import annotations

from datetime import time

from monitor.derivation.grammar.form import Form, Groups
from monitor.derivation.grammar.numerals import number
from monitor.derivation.grammar.values import Between, Point, Until, Value

_NEXT_YEAR = ("明年", "次年", "翌年", "来年", "下年", "下一年", "下年度", "下一年度")
_THIRDS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, None)}


def _int(text: str | None) -> int | None:
    return number(text) if text else None


def _shift(words: str | None) -> int:
    return 1 if words in _NEXT_YEAR else 0


def clock(g: Groups) -> time | None:
    """The clock time of a form; 24 o'clock is the day's end and says nothing more."""
    if not g.get("hour"):
        return None
    hour = number(g["hour"] or "")
    if g.get("noon") in ("下午", "晚", "晚上") and hour < 12:
        hour += 12
    return time(hour, number(g.get("minute") or "0")) if hour < 24 else None


def _day(g: Groups) -> Value:
    return Until(
        Point(
            year=_int(g["year"]),
            shift=_shift(g["relative"]),
            month=_int(g["month"]),
            day=_int(g["day"]),
            clock=clock(g),
        )
    )


def _month(g: Groups) -> Value:
    return Until(Point(year=_int(g["year"]), shift=_shift(g["relative"]), month=_int(g["month"])))


def _third(g: Groups) -> Value:
    start, end = _THIRDS[g["third"] or ""]
    year, month = _int(g["year"]), _int(g["month"])
    return Between(Point(year=year, month=month, day=start), Point(year=year, month=month, day=end))


def _thirds(g: Groups) -> Value:
    month, last = _int(g["month"]), _int(g["month2"]) or _int(g["month"])
    start = _THIRDS[g["third"]][0] if g["third"] else 1
    shift = 1 if g["relative2"] else 0
    end_year = _int(g["year2"]) or (_int(g["year"]) if not shift else None)
    end = Point(year=end_year, shift=shift, month=last, day=_THIRDS[g["third2"] or ""][1])
    return Between(Point(year=_int(g["year"]), month=month, day=start), end)


def _days(g: Groups) -> Value | None:
    month = _int(g["month"])
    shift = 1 if g.get("relative2") else 0
    end_year = _int(g.get("year2")) or (_int(g["year"]) if not shift else None)
    start = Point(year=_int(g["year"]), month=month, day=_int(g["day"]))
    end = Point(year=end_year, shift=shift, month=_int(g["month2"]) or month, day=_int(g.get("day2")))
    return Between(start, end, yearly=bool(g.get("every")))


def _whole_month(g: Groups) -> Value:
    year, month = _int(g["year"]), _int(g["month"])
    return Between(Point(year=year, month=month, day=1), Point(year=year, month=month))


def _months(g: Groups) -> Value:
    shift = 1 if g.get("relative2") else 0
    end_year = _int(g.get("year2")) or (_int(g["year"]) if not shift else None)
    start = Point(year=_int(g["year"]), month=_int(g["month"]), day=1)
    return Between(start, Point(year=end_year, shift=shift, month=_int(g["month2"])), yearly=bool(g.get("every")))


def _from_now(g: Groups) -> Value:
    return Between(None, Point(year=_int(g["year"]), month=_int(g["month"]), day=_int(g["day"])))


def _year(g: Groups) -> Value:
    year = _int(g.get("year"))
    return Until(Point(year=year, shift=_shift(g.get("relative"))), each_year=g.get("relative") == "当年" and not year)


def _year_or_second(g: Groups) -> Value:
    return _year({**g, "year": g["year"] or g["year2"]})


def _quarter(g: Groups) -> Value:
    return Until(Point(year=_int(g["year"]), shift=_shift(g["relative"]), month=3 * number(g["quarter"] or "")))


def _half_year(g: Groups) -> Value:
    return Until(Point(year=_int(g["year"]), month=6 if (g["which"] or "").startswith("上") else 12))


def _plan(g: Groups) -> Value:
    # The fourteenth five-year plan ends in 2025, each later one five years on.
    return Until(Point(year=2025 + 5 * (number(g["plan"] or "") - 14)))


def _month_of_issue(g: Groups) -> Value:
    return Until(Point(of_month=True))


_PLAIN_YEAR = r"(?:<year>_年_)?"
_YEAR = r"(?:<year>_年_|<relative>_)?"
_DATE = _YEAR + r"<month>_月(?:份)?_<day>_[日号]"
_TIL = r"_(?:至|到|—{1,2}|－|-|–|~|～)_"
_CLOCK = r"(?:_(?P<noon>上午|下午|晚上?|中午)?_<hour>_(?:[：:]_<minute>|[时点](?:<minute2>分)?整?))?"
_BY = r"_(?:（[^（）]{1,5}）_)?(?:下班)?(?:之前|以前|前|止|为止|截止)"
_DONE = "(?=完成|建成|开工|竣工|启动|出台|投入使用|实现)"
_BEFORE = r"(?:之|以)?前"
_NEXT = r"(?:(?P<relative2>次年|翌年|第二年|来年)_|<year2>_年_)?"
_NO_NUMERAL = "(?<![0-9一二两三四五六七八九十半每多])"

RANGES: tuple[Form, ...] = (
    Form("date-range",
         rf"(?:<every>_的?)?{_PLAIN_YEAR}<month>_月_<day>_[日号]?起?{_TIL}{_NEXT}(?:<month2>_月_)?<day2>_[日号]",
         _days, ("每年10月1日起至次年5月31日", "between 10-01 +1/05-31 yearly")),
    Form("third-range",
         rf"{_PLAIN_YEAR}<month>_月(?:份)?(?:_<third>)?{_TIL}{_NEXT}(?:<month2>_月(?:份)?_)?<third2>",
         _thirds, ("6月上旬至7月中旬", "between 06-01 07-20")),
    Form("month-range",
         rf"(?:<every>_的?)?{_PLAIN_YEAR}<month>_月?(?:份)?起?{_TIL}{_NEXT}<month2>_月(?:份|底|末)?"
         r"(?!_[0-9]{1,2}_日)",
         _months, ("2022年3月至6月", "between 2022-03-01 2022-06")),
    Form("day-to-month",
         rf"{_PLAIN_YEAR}<month>_月_<day>_日起?{_TIL}{_NEXT}<month2>_月(?:份)?_[底末]",
         _days, ("2023年12月1日至2024年2月底", "between 2023-12-01 2024-02")),
    Form("stage-month", r"(?<=（)<year>_年_<month>_月(?=）)", _whole_month,
         ("（2024年3月）", "between 2024-03-01 2024-03")),
    Form("stage-of-month", r"(?<=阶段（)<month>_月(?:份)?(?=）)", lambda g: _whole_month({**g, "year": None}),
         ("阶段（5月）", "between 05-01 05")),
    Form("from-now", rf"(?:即日|自即日)起?(?:至|到){_PLAIN_YEAR}<month>_月_<day>_日", _from_now,
         ("即日起至2022年12月31日", "between now 2022-12-31")),
)  # fmt: skip

# 分别于6月15日、12月15日前: only the last of the dates has its 前.
_AND_DATES = rf"(?=(?:_(?:、|和|及|以及)_(?:[0-9]{{1,2}}_月_)?[0-9]{{1,2}}_[日号]){{1,5}}{_BY})"
_AND_MONTHS = r"(?=(?:_(?:、|和|及|以及)_[0-9]{1,2}_月){1,5}_[底末]_?前?)"

DATES: tuple[Form, ...] = (
    Form("date-listed", _DATE + _AND_DATES, _day, ("6月15日、12月15日前", "until 06-15")),
    Form("month-listed", _YEAR + "<month>_月" + _AND_MONTHS, _month, ("6月、12月底前", "until 06")),
    Form("date-by", _DATE + _CLOCK + _BY, _day, ("6月20日18：00前", "until 06-20 18:00"), "Civil Code art. 1259"),
    Form("month-third", _PLAIN_YEAR + r"<month>_月(?:份)?_<third>", _third,
         ("2022年9月中旬", "between 2022-09-11 2022-09-20")),
    Form("month-by", _YEAR + rf"<month>_月(?:份)?(?:_[底末](?:_之?以?前)?|_{_BEFORE}|{_DONE})", _month,
         ("2019年4月底前", "until 2019-04")),
    Form("quarter-by", _YEAR + rf"第?<quarter>_季度_(?:[末底]?{_BEFORE}|[末底内]|结束前|{_DONE})", _quarter,
         ("2022年第三季度前", "until 2022-09")),
    Form("half-year-by",
         rf"(?:<year>_年_|今年_)?(?P<which>上半年|下半年)(?:[底末]?{_BEFORE}|内|完成前|{_DONE})",
         _half_year, ("下半年前", "until 12")),
    Form("plan-end", r"[“\"‘]?<plan>_?五[”\"’]?(?:时期|规划|期间?)?_?末_?期?(?:之?前)?", _plan,
         ("“十四五”末", "until 2025"), "five-year plans: the fourteenth ends in 2025"),
    Form("year-by", rf"(?:<year>_年_|<relative>_)年?[底末终内](?:_之?以?前)?|<year2>_年_{_BEFORE}", _year_or_second,
         ("2022年底", "until 2022")),
    Form("year-target", r"(?<=[到至])_<year>_年(?=[，,、]|_?[前止]|，)", _year, ("到2025年，", "until 2025")),
    Form("year-end", _NO_NUMERAL + r"年(?:[底末]|内|终(?=前|之前|应|须|要|对|向))(?:_之?以?前)?", _year,
         ("年底前", "until year")),
    Form("month-of-issue", r"(?<![0-9一二三四五六七八九十每])(?:本|当)?月_?[底末]_?(?:之?以?前)?", _month_of_issue,
         ("月底前", "until month of issue")),
)  # fmt: skip
