"""Duties with a deliverable or a concrete act that are bound by no more than 及时, 定期, 尽快 and the like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from monitor.derivation.deriving import Line, lines_of, rows_of
from monitor.derivation.grammar.scan import time_expressions
from monitor.derivation.lexicon import any_of
from monitor.derivation.lists.records import Vague
from monitor.derivation.parties.resolve import Resolver
from monitor.derivation.quoting import quote_of
from monitor.derivation.wording import Statement, Wording, even, wording
from monitor.domain.document import Document
from monitor.domain.obligation import Party

# 规定期限, 不及时 and 及时性 hold the characters, not the word.
_VAGUE = re.compile(
    r"(?<![规确法约指限特假不])定期(?![限间存])|(?<![不未否])(?<!不能)(?<!未能)及时(?!性|雨)|适时|尽快|尽早|第一时间|立即|"
    r"(?<![不未])(?<!不能)(?<!未能)按时(?!间|段|长)"
)
#: Acts that somebody can be seen to do, or that leave something behind.
_ACTS = any_of("""
    报送 报告 上报 报备 报请 汇报 提交 提供 提出 填报 申报 通报 通知 告知 反馈 答复 回复 批复 转发 推送 发送 抄送
    移交 移送 送达 公布 公开 公示 公告 发布 更新 修订 制定 编制 召开 会商 组织开展 开展 举办 组织 演练 培训 检查
    巡查 抽查 排查 督查 检测 监测 考核 评估 评价 验收 盘点 清理 归档 登记 备案 拨付 支付 发放 缴纳 办理 办结 受理
    完成 移除 拆除 整改 处置 维修 抢修 修复 维护 更换 开放 补充 归还 归集 追加 撤离 转移 疏散 救治 启动 终止
    实施扑救 扑救 出警 调查 处理 调整 接收 审理 增派 调拨 变更 注销
""")
_ACT = re.compile(_ACTS)
_RIGHT = re.compile(r"可以|有权|鼓励|(?:^|[，。；])可(?=[视按根依])")
_MECHANISM = re.compile(r"(?:建立|健全|完善|实行|推行|探索|形成)[^，。；]{0,16}$")
_NAMES_MECHANISM = re.compile(r"[^，。；]*(?:机制|制度|体系|相结合)")
# A modal in the place of the vague word ends the subject before it and begins none itself.
_MODAL = {2: "应当", 4: "应当及时"}
_NO_DUTIES = re.compile(r"指导思想|基本原则|工作原则|主要目标|总体目标|总体要求|编制目的|编制依据|适用范围|概况")
# 发现…后…情形: what is told there is a failure, and its consequence.
_BLAME = re.compile(r"(?:的|行为)[，。；]?$")
#: The act stands so near behind the vague word.
_REACH = 24


Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph with its ancestors, its words, the words with modals for vague words, the parties beside it."""

    line: Line
    words: Wording
    modal: Wording
    beside: tuple[Party, ...]

    @classmethod
    def of(cls, line: Line, beside: tuple[Party, ...]) -> _Paragraph:
        """Made even once for all its clauses."""
        words = wording(line[-1].text.content)
        plain = _VAGUE.sub(lambda found: _MODAL[len(found[0])], words.plain)
        return cls(line, words, replace(words, plain=plain), beside)


@dataclass(slots=True)
class _Reader:
    """Walks through one document; the resolver remembers of whom was spoken."""

    document: Document
    resolver: Resolver
    found: list[Vague] = field(default_factory=list)

    def read(self, line: Line, beside: tuple[Party, ...] = ()) -> None:
        """Note the vague duties of one paragraph."""
        text = line[-1].text
        if _VAGUE.search(text.content) and not any(_NO_DUTIES.search(provision.heading) for provision in line):
            self._note(_Paragraph.of(line, beside))
        self.resolver.passed(text.content, line)

    def _note(self, paragraph: _Paragraph) -> None:
        found = tuple(_vague_words(paragraph.words))
        for at, (statement, span) in enumerate(found):
            near = [start for _, (start, _) in (*found[max(0, at - 1) : at], *found[at + 1 : at + 2])]
            quote = quote_of(paragraph.words, statement, span[0], span[1], near, whole=False)
            self.found.append(self._record(paragraph, statement, span, quote))

    def _record(self, paragraph: _Paragraph, statement: Statement, span: Span, quote: Span) -> Vague:
        provision, words = paragraph.line[-1], paragraph.words.text
        modal, line, beside = paragraph.modal, paragraph.line, paragraph.beside
        parties = self.resolver.resolve(modal, statement, span, quote, line, beside).parties
        lines = provision.text.lines_of(*quote)
        return Vague(self.document.name, provision.path, lines, words[slice(*quote)], words[slice(*span)], parties)


def vague(document: Document) -> Iterator[Vague]:
    """The vague duties of a document, in source order, rows of tables last; one a clause."""
    if document.kind != "document":
        return
    reader = _Reader(document, Resolver.of(document))
    for line in lines_of(document.provisions):
        reader.read(line)
    for table in document.tables:
        for *_, line, parties in rows_of(table):
            reader.read(line, parties)
    yield from reader.found


def _vague_words(words: Wording) -> Iterator[tuple[Statement, Span]]:
    """The statement and the range of each vague word that binds somebody to an act."""
    for statement in words.statements:
        for left, right in statement.clauses:
            found = _VAGUE.search(words.plain, left, right)
            if found and _binds(words.plain, left, right, found):
                yield statement, found.span()


def _binds(plain: str, left: int, right: int, found: re.Match[str]) -> bool:
    before, after = plain[left : found.start()], plain[found.end() : right]
    if not _ACT.search(after[:_REACH]) or _RIGHT.search(before) or _BLAME.search(after):
        return False
    if _MECHANISM.search(before) and _NAMES_MECHANISM.match(after):
        return False
    return not any(time_expressions(even(plain[left:right])))
