"""The channels of a ledger from a YAML file, its secrets from the environment or a secrets file; errors with lines."""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Literal

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from monitor.domain.errors import BadText
from monitor.project.yaml_lines import LocatedYaml, read_yaml
from monitor.services.sending import CanaryPlan
from notifiers.assembly import channel_from_settings
from notifiers.base import Channel
from notifiers.hosts import Host, host_of
from schedules.spans import Span

Network = Literal["", "isolated", "outward"]

_NAMED: Final = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_CANARY_TIMES: Final = {"canary_every": "P1D", "canary_within": "PT30M"}
_LINE: Final = re.compile(r"(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)")


@dataclass(frozen=True, slots=True)
class ChannelBook:
    """What a channels file says: the channels by name in its order, the hosts that they speak to, the canaries.

    ``network``: which hosts may be spoken to at all; empty where the file does not say.
    """

    channels: Mapping[str, Channel]
    canaries: Mapping[str, CanaryPlan] = field(default_factory=dict)
    hosts: tuple[Host, ...] = ()
    network: Network = ""
    proxy: str | None = field(default=None, repr=False)


def load_channels(path: Path, secrets: Mapping[str, str]) -> dict[str, Channel]:
    """The channels alone of :func:`load_channel_book`."""
    return dict(load_channel_book(path, secrets).channels)


def load_channel_book(path: Path, secrets: Mapping[str, str]) -> ChannelBook:
    """The file's content. BadText names file, line and mend, and never shows a secret."""
    source = read_yaml(path)
    _check(source, _schema()["$defs"])
    names = source.data["channels"]
    canaries = {name: _canary(source, name) for name in names if "canary" in names[name]}
    settings = {name: _settings(source, name, secrets) for name in names}
    return ChannelBook(
        channels={name: _channel(source, name, *settings[name]) for name in names},
        canaries=canaries,
        hosts=tuple(host for name in names if (host := host_of(name, settings[name][0]))),
        network=source.data.get("network", ""),
        proxy=_filled(source, ("proxy",), source.data.get("proxy"), secrets, {}),
    )


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


def _settings(
    source: LocatedYaml, name: str, secrets: Mapping[str, str]
) -> tuple[Mapping[str, Any], Mapping[str, str]]:
    """The settings of a channel with its secrets in them, and these secrets."""
    used: dict[str, str] = {}
    settings = _filled(source, ("channels", name), source.data["channels"][name], secrets, used)
    settings.setdefault("proxy", _filled(source, ("proxy",), source.data.get("proxy"), secrets, used))
    return settings, used


def _canary(source: LocatedYaml, name: str) -> CanaryPlan:
    place, settings = ("channels", name), source.data["channels"][name]
    every, within = (_duration(settings.get(key, usual)) for key, usual in _CANARY_TIMES.items())
    if not timedelta() < within <= every:
        mend = "give canary_within more than nothing and at most canary_every"
        raise source.error(place, f"channel {name}: a canary cannot be back in that time", mend)
    return CanaryPlan(settings["canary"], every, within)


def _duration(text: str) -> timedelta:
    span = Span.parse(text)
    return timedelta(days=span.days, hours=span.hours, minutes=span.minutes)


def _channel(source: LocatedYaml, name: str, settings: Mapping[str, Any], used: Mapping[str, str]) -> Channel:
    place = ("channels", name)
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
