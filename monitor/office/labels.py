"""The ledger's codes in the words of the office, the first in Chinese, the second in English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

Label = tuple[str, str]
Labels = Mapping[str, Label]

KINDS: Final[Labels] = {
    "fixed": ("限期", "one date"),
    "period": ("期间", "kept between two dates"),
    "recurring": ("周期", "recurring"),
    "triggered": ("触发", "counted from an event"),
    "continuous": ("持续", "unbroken cover"),
}
STATES: Final[Labels] = {
    "upcoming": ("未开始", "upcoming"),
    "open": ("在办", "open"),
    "acknowledged": ("已签收", "acknowledged"),
    "submitted": ("待审核", "submitted"),
    "done": ("已办结", "done"),
    "ended": ("已届满", "ended"),
    "waived": ("免予办理", "waived"),
    "retired": ("已失效", "retired"),
    "history": ("历史", "closed before import"),
}
OBLIGATION_STATES: Final[Labels] = {
    "proposed": ("待立项", "proposed"),
    "accepted": ("已立项", "accepted"),
    "asked": ("待确认是否有效", "asked"),
    "retired": ("已失效", "retired"),
}
LIGHTS: Final[Labels] = {
    "green": ("正常", "on time"),
    "yellow": ("临期", "due within 3 days"),
    "red": ("逾期", "overdue"),
    "grey": ("已结", "closed"),
}
ROLES: Final[Labels] = {
    "responsible": ("责任", "responsible"),
    "lead": ("牵头", "lead"),
    "cooperating": ("配合", "cooperating"),
    "reporting": ("填报", "reporting"),
    "owner": ("责任主体", "owner"),
    "head": ("主要负责人", "head"),
    "leader": ("分管领导", "leader in charge"),
    "principal": ("主要领导", "principal leader"),
    "office": ("办公室", "office"),
}
MESSAGE_KINDS: Final[Labels] = {
    "reminder": ("提醒", "reminder"),
    "escalation": ("催办", "escalation"),
    "digest": ("汇总", "digest"),
    "alarm": ("告警", "alarm"),
    "slip": ("催办单", "slip"),
    "bulletin": ("通报", "bulletin"),
    "canary": ("通道自检", "channel check"),
}
MESSAGE_STATES: Final[Labels] = {
    "queued": ("待发送", "queued"),
    "sending": ("发送中", "sending"),
    "sent": ("已发送", "sent"),
    "failed": ("发送失败", "failed"),
    "superseded": ("不再发送", "superseded"),
}
NOTICE_STATES: Final[Labels] = {
    "pending": ("待发送", "pending"),
    "sent": ("已发送", "sent"),
    "superseded": ("略过", "superseded"),
}
FINDINGS: Final[Labels] = {
    "two-signers": ("签发人不一致", "two signers"),
    "due-soon-after-issue": ("期限过近", "due soon after issue"),
    "due-before-publication": ("刊发时已过期", "due before publication"),
    "day-off": ("期限逢休息日", "due on a day off"),
    "repeated-duty": ("重复要求", "duty stated twice"),
    "conflicting-dates": ("日期矛盾", "conflicting dates"),
    "overlapping-thresholds": ("标准重叠", "overlapping thresholds"),
    "numbering-gap": ("序号缺漏", "numbering gap"),
    "no-party": ("无责任单位", "no party"),
    "vague-time": ("时限模糊", "vague time"),
    "later-than-container": ("晚于公报", "later than its gazette"),
    "contents-mismatch": ("目录不符", "contents mismatch"),
}
CHANNELS: Final[Labels] = {
    "file": ("发件箱", "file outbox"),
    "mail": ("邮件", "mail"),
    "dingtalk": ("钉钉", "DingTalk"),
    "wecom": ("企业微信", "WeCom"),
    "feishu": ("飞书", "Feishu"),
    "sms": ("短信", "text message"),
}
ACCEPTANCE: Final[Labels] = {"all": ("读出即立项", "all"), "ask": ("逐项立项", "ask")}
STEPS: Final[Labels] = {
    "lead-14": ("到期前14日", "14 days ahead"),
    "lead-7": ("提前7日", "7 days ahead"),
    "lead-3": ("到期前3日", "3 days ahead"),
    "lead-1": ("到期前1日", "1 day ahead"),
    "day": ("当日", "on the day"),
    "start": ("开始", "start"),
    "middle": ("过半", "middle"),
    "core-start": ("核心期开始", "core begins"),
    "core-end": ("核心期结束", "core ends"),
    "monthly": ("期内每月", "monthly"),
    "end": ("结束", "end"),
    "silent": ("签收后无反馈", "acknowledged, then silent"),
    "minute-0": ("计时开始", "clock starts"),
    "minute-half": ("时限过半", "half the clock"),
    "minute-4/5": ("时限将尽", "four fifths of the clock"),
    "breach": ("时限已到", "breach"),
    "late-head": ("逾期，报单位负责人", "late: head"),
    "late-leader": ("逾期，报分管领导", "late: leader in charge"),
    "supervise": ("编发督办单", "under supervision: numbered slip"),
    "late-slip": ("逾期，发催办单", "late: numbered slip"),
    "late-bulletin": ("逾期，拟通报", "late: draft bulletin"),
    "alarm": ("告警", "alarm"),
    "canary": ("通道自检", "channel check"),
}
ACTIONS: Final[Labels] = {
    "opened": ("开始办理", "opened"),
    "missed": ("期限已过，记为逾期", "missed"),
    "ended": ("期间届满", "ended"),
    "silent": ("签收后三个工作日无反馈，恢复催办", "acknowledged, then silent"),
    "step": ("生成通知", "notice written"),
    "passed-over": ("略过步骤", "steps passed over"),
    "ack": ("签收", "acknowledged"),
    "report": ("反馈", "reported"),
    "close": ("销号", "closed"),
    "return": ("退回", "returned"),
    "extend": ("延期", "extended"),
    "recalculated": ("按放假安排重新推算", "reckoned anew"),
    "calendar": ("录入放假安排", "holiday notice imported"),
    "dispute": ("提出异议", "disputed"),
    "waive": ("免予办理", "waived"),
    "rearm": ("改用现行梯次", "steps laid out anew"),
    "slip": ("编发督办单", "numbered slip issued"),
    "reopen": ("重新办理", "reopened"),
    "met": ("导入前已完成", "met before import"),
    "rolled": ("按实际完成日重排下一周期", "rolled on"),
    "event": ("事件登记", "event told"),
    "event-withdraw": ("撤销误登记的事件", "event withdrawn"),
    "event-end": ("事件终止", "event ended"),
    "event-confirm": ("确认事件启动计时", "event confirmed"),
    "event-reject": ("确认事件无关", "event rejected"),
    "transfer": ("转由现任责任人办理", "given to its owner"),
    "succession": ("职务接任", "post changed hands"),
    "directory": ("通讯录变动", "directory changed"),
    "cover-gap": ("值班空档", "hours without cover"),
    "retired": ("失效", "retired"),
    "import": ("导入", "imported"),
    "accepted": ("立项", "accepted"),
    "proposed": ("提请立项", "proposed"),
    "asked": ("询问是否有效", "asked"),
    "amended": ("修订", "amended"),
    "repealed": ("废止", "repealed"),
    "sent": ("发出", "sent"),
    "repeated": ("重复发出", "sent again under the same key"),
    "postponed": ("暂未送达，稍后再试", "tried again later"),
    "throttled": ("通道限速，稍后再试", "throttled"),
    "failed": ("未能送达", "failed"),
    "withdrawn": ("不再需要，取消发送", "withdrawn"),
    "merged": ("并入后一件", "merged"),
    "resent": ("重新发送", "sent anew"),
    "buried": ("标为无效地址", "address marked as dead"),
    "revived": ("地址恢复使用", "address revived"),
    "folded": ("清理队列残留", "leftovers of the queue cleared"),
    "canary-sent": ("通道自检发出", "canary sent"),
    "canary-back": ("通道自检收到", "canary back"),
    "canary-missing": ("通道自检未收到", "canary missing"),
    "plan": ("排期", "planned"),
}
ACTORS: Final[Labels] = {
    "sweep": ("系统", "the sweep"),
    "plan": ("系统", "planning"),
    "import": ("导入", "import"),
    "worker": ("系统", "the worker"),
}


def chinese(labels: Labels, code: str) -> str:
    """The Chinese word for a code; the code itself where the table has none, so that nothing is hidden."""
    return labels[code][0] if code in labels else code


def english(labels: Labels, code: str) -> str:
    """The English word for a code; empty where the table has none."""
    return labels[code][1] if code in labels else ""
