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
        assert re.fullmatch(r"[\w.-]+==[\w.]+(; .+)?", line), f"not one exact version: {line!r}"
        requirement = Requirement(line)
        if requirement.marker and not requirement.marker.evaluate():
            # For another system than this one.
            continue
        (one,) = requirement.specifier
        name = canonicalize_name(requirement.name)
        assert name not in pins, f"{name} has two versions here"
        pins[name] = one.version
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


def test_an_intel_mac_gets_a_version_that_has_a_wheel_for_it() -> None:
    lines = (ROOT / "packaging" / "constraints.txt").read_text("utf-8").splitlines()
    pins = [Requirement(line) for line in lines if line.startswith("cryptography==")]
    for system, machine, version in (
        ("darwin", "x86_64", "48.0.1"),
        ("darwin", "arm64", "50.0.2"),
        ("win32", "AMD64", "50.0.2"),
        ("linux", "x86_64", "50.0.2"),
    ):
        there = {"sys_platform": system, "platform_machine": machine}
        held = [one for one in pins if one.marker and one.marker.evaluate(there)]
        assert [str(one.specifier) for one in held] == [f"=={version}"]


def test_the_tests_run_on_these_versions() -> None:
    for name, version in _pinned().items():
        assert metadata.version(name) == version, name
