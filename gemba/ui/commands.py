"""Commands as records, from which menus, palette and the list of shortcuts follow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace


def always() -> bool:
    """For commands that can be given at any time."""
    return True


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the leader can ask for.

    `shortcut` is written as Qt reads it, such as Ctrl+K; `place` groups the command in the list
    of shortcuts and in the palette; `also` are other names people have for it, by which it is
    found as well, with commas between. One that is `late` stands at the end of a list that nobody
    has searched.
    """

    id: str
    words: str
    run: Callable[[], None]
    shortcut: str = ""
    icon: str = ""
    enabled: Callable[[], bool] = always
    place: str = ""
    also: str = ""
    late: bool = False

    def called(self, typed: str) -> bool:
        """Tell whether this is just what was typed: its whole words, or another name of it."""
        wanted = " ".join(typed.casefold().split())
        return wanted in (" ".join(n.casefold().split()) for n in (self.words, *self._others()))

    def found_by(self, wanted: list[str]) -> bool:
        """Tell whether each of these words stands in its words or begins one of its names."""
        here = self.words.casefold()
        names = [word for name in self._others() for word in name.casefold().split()]
        return all(word in here or any(name.startswith(word) for name in names) for word in wanted)

    def _others(self) -> list[str]:
        return [name.strip() for name in self.also.split(",") if name.strip()]


class Commands:
    """All commands of one window, in the order they were added.

    ``names`` tells the other names people have for the command with an id.
    """

    def __init__(self, names: Callable[[str], str] = lambda _id: "") -> None:
        self._names = names
        self._by_id: dict[str, Command] = {}
        self._watchers: list[Callable[[], None]] = []

    def add(self, command: Command) -> Command:
        """Add a command; raises ValueError if its id or its shortcut is taken."""
        if command.id in self._by_id:
            raise ValueError(f"command {command.id} is there already")
        for other in self._by_id.values():
            if command.shortcut and command.shortcut == other.shortcut:
                raise ValueError(f"{command.shortcut} belongs to {other.id}")
        command = replace(command, also=command.also or self._names(command.id))
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
        """The commands that every typed word leads to.

        First those called just so, then those whose words begin with the first word typed, then
        those whose words hold what was typed, then those with another name like it.
        """
        wanted = typed.casefold().split()

        def far(command: Command) -> int:
            here = command.words.casefold()
            if not wanted:
                return int(command.late)
            near = (
                command.called(typed),
                here.startswith(wanted[0]),
                all(word in here for word in wanted),
            )
            return near.index(True) if True in near else len(near)

        return sorted((c for c in self if c.found_by(wanted)), key=far)

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
