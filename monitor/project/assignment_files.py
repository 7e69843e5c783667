"""Default limits of items without a document, from a YAML file; every refusal with its file, line and mend."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from monitor.domain.assignment import Terms, terms_from_data
from monitor.project.yaml_lines import read_yaml

SHIPPED: Final = Path(__file__).parent / "data" / "assignments.yaml"


def load_terms(own: Path) -> Terms:
    """The terms in a ledger's own file, the shipped ones where it has none. BadText names file, line and mend."""
    source = read_yaml(own if own.is_file() else SHIPPED)
    try:
        return terms_from_data(source.data)
    except (KeyError, TypeError, ValueError) as error:
        said = f"缺少 {error}" if isinstance(error, KeyError) else str(error)
        raise source.error(("kinds",), said, "形式见自带的 assignments.yaml") from error
