"""Commands as records, from which menus, palette and the list of shortcuts follow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass


def always() -> bool:
    """For commands that can be given at any time."""
    return True


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the leader can ask for.

    `shortcut` is written as Qt reads it, such as Ctrl+K; `place` groups the command in the list
    of shortcuts and in the palette.
    """

    id: str
    words: str
    run: Callable[[], None]
    shortcut: str = ""
    icon: str = ""
    enabled: Callable[[], bool] = always
    place: str = ""


class Commands:
    """All commands of one window, in the order they were added."""

    def __init__(self) -> None:
        self._by_id: dict[str, Command] = {}
        self._watchers: list[Callable[[], None]] = []

    def add(self, command: Command) -> Command:
        """Add a command; raises ValueError if its id or its shortcut is taken."""
        if command.id in self._by_id:
            raise ValueError(f"command {command.id} is there already")
        for other in self._by_id.values():
            if command.shortcut and command.shortcut == other.shortcut:
                raise ValueError(f"{command.shortcut} belongs to {other.id}")
        self._by_id[command.id] = command
        self._tell()
        return command

    def remove(self, id: str) -> None:
        """Take a command away, as a page does that has closed."""
        if self._by_id.pop(id, None) is not None:
            self._tell()

    def watch(self, changed: Callable[[], None]) -> None:
        """Call `changed` after each adding and removing, as the window does for its shortcuts."""
        self._watchers.append(changed)

    def _tell(self) -> None:
        for changed in self._watchers:
            changed()

    def get(self, id: str) -> Command:
        """The command with this id; raises KeyError."""
        return self._by_id[id]

    def run(self, id: str) -> bool:
        """Run a command if it can be run now, and say whether it was."""
        command = self._by_id[id]
        if not command.enabled():
            return False
        command.run()
        return True

    def matching(self, typed: str) -> list[Command]:
        """The commands whose words hold every typed word, those beginning with it first."""
        wanted = typed.casefold().split()
        found = [c for c in self if all(word in c.words.casefold() for word in wanted)]
        start = wanted[0] if wanted else ""
        return sorted(found, key=lambda c: not c.words.casefold().startswith(start))

    def places(self) -> dict[str, list[Command]]:
        """Commands grouped by place, in the order of adding."""
        groups: dict[str, list[Command]] = {}
        for command in self:
            groups.setdefault(command.place, []).append(command)
        return groups

    def __iter__(self) -> Iterator[Command]:
        return iter(tuple(self._by_id.values()))

    def __len__(self) -> int:
        return len(self._by_id)
