"""YAML files read so that every value still knows its line: what the office writes by hand, it must find again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from monitor.domain.errors import BadText


@dataclass(frozen=True, slots=True)
class LocatedYaml:
    """A YAML file as plain data (dates as ISO 8601 text), and the way from a place in it back to the line."""

    file: str
    data: Any
    _tree: Any

    def line_of(self, place: Sequence[str | int]) -> int:
        """The 1-based line of the value at ``place``, or of the nearest thing around it that stands in the file."""
        line, node = 1, self._tree
        for step in place:
            if not isinstance(node, CommentedMap | CommentedSeq):
                break
            try:
                at = node.lc.value(step) if isinstance(node, CommentedMap) else node.lc.item(step)
                node = node[step]
            except (KeyError, IndexError, TypeError):
                break
            line = at[0] + 1
        return line

    def error(self, place: Sequence[str | int], message: str, mend: str) -> BadText:
        """The refusal that names file, line and mend."""
        return BadText(message, file=self.file, line=self.line_of(place), mend=mend)


def read_yaml(path: Path) -> LocatedYaml:
    """Read a UTF-8 YAML file with one mapping at its root. BadText where it is missing, not text, or not YAML."""
    try:
        tree = _yaml().load(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        mend = "give the path of a file that can be read"
        raise BadText(error.strerror or "unreadable", file=str(path), mend=mend) from error
    except UnicodeDecodeError as error:
        raise BadText("not UTF-8 text", file=str(path), mend="save the file as UTF-8") from error
    except MarkedYAMLError as error:
        raise _syntax(path, error) from error
    except YAMLError as error:
        raise BadText("not YAML: " + " ".join(str(error).split()), file=str(path), mend="mend the YAML") from error
    if not isinstance(tree, CommentedMap):
        raise BadText("no YAML mapping at the root", file=str(path), line=1, mend="start from the shipped example")
    return LocatedYaml(str(path), _plain(tree), tree)


class _Constructor(RoundTripConstructor):
    """Leaves a day that does not exist as text: whoever reads it can name its line."""

    def construct_yaml_timestamp(self, node: Any, values: Any = None) -> Any:
        """A date, or the text where there is no such day."""
        try:
            return super().construct_yaml_timestamp(node, values)
        except ValueError:
            return node.value


_Constructor.add_constructor("tag:yaml.org,2002:timestamp", _Constructor.construct_yaml_timestamp)


def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.Constructor = _Constructor
    return yaml


def _syntax(path: Path, error: MarkedYAMLError) -> BadText:
    mark = error.problem_mark or error.context_mark
    problem = " ".join((error.problem or "not YAML").split())
    return BadText(problem, file=str(path), line=mark.line + 1 if mark else None, mend="mend the YAML here")


def _plain(node: Any) -> Any:
    if isinstance(node, CommentedMap):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, CommentedSeq):
        return [_plain(value) for value in node]
    return node.isoformat() if isinstance(node, date) else node
