"""The channels of a ledger from a YAML file, its secrets from the environment or a secrets file; errors with lines."""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from monitor.domain.errors import BadText
from monitor.project.yaml_lines import LocatedYaml, read_yaml
from notifiers.assembly import channel_from_settings
from notifiers.base import Channel

_NAMED: Final = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_LINE: Final = re.compile(r"(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)")


def load_channels(path: Path, secrets: Mapping[str, str]) -> dict[str, Channel]:
    """The channels in a file, by name, in its order. BadText names file, line and mend, and never shows a secret."""
    source = read_yaml(path)
    _check(source, _schema()["$defs"])
    return {name: _channel(source, name, secrets) for name in source.data["channels"]}


def read_secrets(path: Path) -> dict[str, str]:
    """``NAME=value`` lines; ``#`` begins a comment line. BadText where others than the owner may read the file."""
    try:
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise BadText("others may read the secrets", file=str(path), mend=f"run chmod 600 {path}")
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadText(f"unreadable: {type(error).__name__}", file=str(path), mend="give a UTF-8 text file") from error
    found: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _LINE.fullmatch(line.strip())
        if not match:
            # The line is not shown: it may hold the secret itself.
            raise BadText("not NAME=value", file=str(path), line=number, mend="write one NAME=value a line")
        found[match[1]] = match[2].strip().strip("'\"")
    return found


def _channel(source: LocatedYaml, name: str, secrets: Mapping[str, str]) -> Channel:
    place = ("channels", name)
    used: dict[str, str] = {}
    settings = _filled(source, place, source.data["channels"][name], secrets, used)
    settings.setdefault("proxy", _filled(source, ("proxy",), source.data.get("proxy"), secrets, used))
    try:
        return channel_from_settings(name, settings, tuple(used.values()))
    except ValueError as error:
        raise source.error(place, f"channel {name}: {_hidden(str(error), used)}", "mend the settings here") from None


def _filled(
    source: LocatedYaml, place: tuple[str | int, ...], value: Any, secrets: Mapping[str, str], used: dict[str, str]
) -> Any:
    """The value with every ``${NAME}`` put in; what was put in is noted in ``used``."""
    if isinstance(value, dict):
        return {key: _filled(source, (*place, key), inner, secrets, used) for key, inner in value.items()}
    if isinstance(value, list):
        return [_filled(source, (*place, at), inner, secrets, used) for at, inner in enumerate(value)]
    if not isinstance(value, str):
        return value
    for name in _NAMED.findall(value):
        if not secrets.get(name):
            mend = f"set {name} in the environment or in the secrets file"
            raise source.error(place, f"no secret called {name}", mend)
        used[name] = secrets[name]
    return _NAMED.sub(lambda match: used[match[1]], value)


def _hidden(text: str, used: Mapping[str, str]) -> str:
    for secret in sorted(used.values(), key=len, reverse=True):
        text = text.replace(secret, "***")
    return text


@cache
def _schema() -> dict[str, Any]:
    text = (files("monitor.project") / "data" / "channels.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def _check(source: LocatedYaml, kinds: Mapping[str, Any]) -> None:
    _check_part(source, (), source.data, _schema())
    for name, settings in source.data["channels"].items():
        _check_part(source, ("channels", name), settings, kinds[settings["kind"]])


def _check_part(source: LocatedYaml, place: tuple[str, ...], value: Any, schema: Mapping[str, Any]) -> None:
    error = best_match(Draft202012Validator(schema).iter_errors(value))
    if error is None:
        return
    where = (*place, *error.absolute_path)
    # The validator's own message would print the value, which may hold a password.
    needs = error.schema.get("description", "what the guide to channels describes")
    message = f"{'/'.join(map(str, where)) or 'file'}: {_fault(error.validator, error)}"
    raise source.error(where, message, f"expected {needs}")


def _fault(validator: str, error: Any) -> str:
    if validator == "required":
        missing = [name for name in error.validator_value if name not in error.instance]
        return f"{'、'.join(missing)} is missing"
    if "propertyNames" in error.absolute_schema_path:
        return f"not a name: {error.instance}"
    if validator == "additionalProperties":
        unknown = sorted(error.instance.keys() - error.schema.get("properties", {}).keys())
        return f"unknown setting {'、'.join(map(str, unknown))}"
    return f"not as it must be ({validator})"
