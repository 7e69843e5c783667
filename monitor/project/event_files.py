"""Names that mean the same event, from a YAML file; every refusal with its file, line and mend."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from monitor.domain.event import EventNames
from monitor.project.yaml_lines import read_yaml

SHIPPED: Final = Path(__file__).parent / "data" / "event-names.yaml"


def load_event_names(own: Path) -> EventNames:
    """The names in a ledger's own file, the shipped ones where it has none. BadText names file, line and mend."""
    source = read_yaml(own if own.is_file() else SHIPPED)
    groups = source.data.get("same")
    if not isinstance(groups, list) or len(source.data) > 1:
        raise source.error(("same",), "应只有 same 一项，其下为若干组名称", "每组一行，如 - [入汛, 汛期]")
    for number, group in enumerate(groups):
        if not isinstance(group, list) or len(group) < 2 or not all(isinstance(name, str) and name for name in group):
            raise source.error(("same", number), "一组应有两个以上的名称", "如 - [入汛, 汛期]")
    return EventNames.of(groups)
