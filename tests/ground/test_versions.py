"""The exact versions in packaging/constraints.txt cover everything that set-up installs."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]


def _pinned() -> dict[str, str]:
    lines = (ROOT / "packaging" / "constraints.txt").read_text("utf-8").splitlines()
    pins = {}
    for line in lines:
        assert re.fullmatch(r"[\w.-]+==[\w.]+", line), f"not one exact version: {line!r}"
        name, version = line.split("==")
        pins[canonicalize_name(name)] = version
    return pins


def _asked_for() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    texts = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    return [Requirement(text) for text in texts]


def test_every_package_that_gets_installed_has_an_exact_version() -> None:
    pins = _pinned()
    waiting = _asked_for()
    seen: set[str] = set()
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name in seen or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        seen.add(name)
        assert name in pins, f"{name} has no line in packaging/constraints.txt"
        assert requirement.specifier.contains(pins[name])
        waiting.extend(Requirement(text) for text in metadata.requires(name) or [])
    assert len(seen) > len(_asked_for())


def test_the_tests_run_on_these_versions() -> None:
    for name, version in _pinned().items():
        assert metadata.version(name) == version, name
