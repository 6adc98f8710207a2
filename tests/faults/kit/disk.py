"""A disk that forgets: files and folders as they may stand after the power went at any moment.

Bytes of a file are on the disk once the file was synced, a name in a folder once the folder was.
Everything later is there, or not, or in part: a write may be torn at 512 or 4096 bytes.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.faults.kit.strace import Call


@dataclass(slots=True, eq=False)
class File:
    """Bytes on the disk, and what was written since: (offset, bytes), or (size, None) for a cut."""

    disk: bytearray = field(default_factory=bytearray)
    waits: list[tuple[int, bytes | None]] = field(default_factory=list)

    def now(self) -> bytearray:
        """Return the bytes as the system shows them."""
        return _applied(self.disk, self.waits)


@dataclass(slots=True, eq=False)
class Folder:
    """Names on the disk, names as they are now, and the changes between in their order."""

    disk: dict[str, Node] = field(default_factory=dict)
    now: dict[str, Node] = field(default_factory=dict)
    waits: list[list[tuple[str, Node | None]]] = field(default_factory=list)

    def change(self, *changes: tuple[str, Node | None]) -> None:
        """Give names to nodes, or take them away, all at once."""
        self.waits.append(list(changes))
        _rename(self.now, changes)


Node = File | Folder


def _applied(disk: bytearray, waits: list[tuple[int, bytes | None]]) -> bytearray:
    made = bytearray(disk)
    for at, data in waits:
        if data is None:
            del made[at:]
            made.extend(bytes(at - len(made)))
        else:
            made.extend(bytes(max(0, at - len(made))))
            made[at : at + len(data)] = data
    return made


def _rename(
    names: dict[str, Node],
    changes: list[tuple[str, Node | None]] | tuple[tuple[str, Node | None], ...],
) -> None:
    for name, node in changes:
        if node is None:
            names.pop(name, None)
        else:
            names[name] = node


@dataclass(slots=True)
class _Open:
    node: Node
    at: int = 0
    append: bool = False


class Disk:
    """What the calls of one process did below a root; ``diary`` is what it said to the outside."""

    def __init__(self, root: Path, diary: Path) -> None:
        self.root = os.fsencode(root)
        self._diary = os.fsencode(diary)
        self.top = _load(root)
        self.diary = bytearray()
        self._open: dict[int, _Open | None] = {}
        self._syncing: dict[tuple[str, int], int] = {}

    def do(self, call: Call) -> bool:
        """Take one call; True where it changed or synced something below the root."""
        return bool(getattr(self, f"_{call.name}", _nothing)(call))

    # Names

    def _where(self, path: bytes) -> tuple[Folder, str] | None:
        if not path.startswith(self.root + b"/"):
            return None
        *above, name = os.fsdecode(path[len(self.root) + 1 :].rstrip(b"/")).split("/")
        folder = self.top
        for part in above:
            inner = folder.now.get(part)
            if not isinstance(inner, Folder):
                return None
            folder = inner
        return folder, name

    def _at(self, path: bytes) -> Node | None:
        if path.rstrip(b"/") == self.root:
            return self.top
        found = self._where(path)
        return found[0].now.get(found[1]) if found else None

    def _openat(self, call: Call) -> bool:
        return self._opened(call, call.text(1), call.arguments[2])

    def _opened(self, call: Call, path: bytes, flags: str) -> bool:
        assert call.returned is not None
        self._open[call.returned] = None
        if path == self._diary:
            self._open[call.returned] = _Open(File(), append=True)
            return False
        node, found, changed = self._at(path), self._where(path), False
        if node is None and found is not None and "O_CREAT" in flags:
            node = File()
            found[0].change((found[1], node))
            changed = True
        if isinstance(node, File) and "O_TRUNC" in flags and node.now():
            node.waits.append((0, None))
            changed = True
        if node is not None:
            self._open[call.returned] = _Open(node, append="O_APPEND" in flags)
        return changed

    def _mkdir(self, call: Call) -> bool:
        return self._named(call.text(0), Folder())

    def _mkdirat(self, call: Call) -> bool:
        return self._named(call.text(1), Folder())

    def _unlink(self, call: Call) -> bool:
        return self._named(call.text(0), None)

    def _rmdir(self, call: Call) -> bool:
        return self._named(call.text(0), None)

    def _unlinkat(self, call: Call) -> bool:
        return self._named(call.text(1), None)

    def _link(self, call: Call) -> bool:
        return self._named(call.text(1), self._at(call.text(0)))

    def _linkat(self, call: Call) -> bool:
        return self._named(call.text(3), self._at(call.text(1)))

    def _named(self, path: bytes, node: Node | None) -> bool:
        found = self._where(path)
        if found is None:
            return False
        found[0].change((found[1], node))
        return True

    def _rename(self, call: Call) -> bool:
        return self._moved(call.text(0), call.text(1))

    def _renameat(self, call: Call) -> bool:
        return self._moved(call.text(1), call.text(3))

    _renameat2 = _renameat

    def _moved(self, old: bytes, new: bytes) -> bool:
        node, here, there = self._at(old), self._where(old), self._where(new)
        if node is None or here is None or there is None:
            return False
        if here[0] is there[0]:
            here[0].change((here[1], None), (there[1], node))
        else:
            there[0].change((there[1], node))
            here[0].change((here[1], None))
        return True

    # Bytes

    def _close(self, call: Call) -> bool:
        self._open.pop(call.whole(0), None)
        return False

    def _dup(self, call: Call) -> bool:
        assert call.returned is not None
        self._open[call.returned] = self._open.get(call.whole(0))
        return False

    _dup2 = _dup3 = _dup

    def _lseek(self, call: Call) -> bool:
        opened = self._open.get(call.whole(0))
        if opened is not None and call.returned is not None:
            opened.at = call.returned
        return False

    def _write(self, call: Call) -> bool:
        opened = self._open.get(call.whole(0))
        if opened is None or not isinstance(opened.node, File):
            return False
        data = call.text(1)[: call.returned]
        known = opened.node in self._files() if opened.append else True
        if not known:
            self.diary += data
            return False
        at = len(opened.node.now()) if opened.append else opened.at
        opened.at = at + len(data)
        opened.node.waits.append((at, data))
        return True

    _writev = _write

    def _pwrite64(self, call: Call) -> bool:
        opened = self._open.get(call.whole(0))
        if opened is None or not isinstance(opened.node, File):
            return False
        opened.node.waits.append((call.whole(3), call.text(1)[: call.returned]))
        return True

    def _pwritev(self, call: Call) -> bool:
        return self._pwrite64(call)

    def _ftruncate(self, call: Call) -> bool:
        opened = self._open.get(call.whole(0))
        if opened is None or not isinstance(opened.node, File):
            return False
        opened.node.waits.append((call.whole(1), None))
        return True

    def _truncate(self, call: Call) -> bool:
        node = self._at(call.text(0))
        if not isinstance(node, File):
            return False
        node.waits.append((call.whole(1), None))
        return True

    def _unknown(self, call: Call) -> bool:
        if self._open.get(call.whole(0)) is not None:
            raise NotImplementedError(f"{call.name} below {self.root!r} is not replayed")
        return False

    _fallocate = _copy_file_range = _sendfile = _unknown

    # Syncs

    def _fsync(self, call: Call) -> bool:
        opened = self._open.get(call.whole(0))
        if opened is None:
            return False
        node = opened.node
        key = (call.name, call.whole(0))
        if call.returned is None:
            self._syncing[key] = len(node.waits)
            return False
        covered = self._syncing.pop(key, 0)
        if isinstance(node, File):
            node.disk = _applied(node.disk, node.waits[:covered])
        else:
            for changes in node.waits[:covered]:
                _rename(node.disk, changes)
        del node.waits[:covered]
        return True

    _fdatasync = _fsync

    def _files(self) -> list[File]:
        found: list[File] = []
        folders = [self.top]
        while folders:
            for node in folders.pop().now.values():
                folders.append(node) if isinstance(node, Folder) else found.append(node)
        return found

    # After the power went

    def write_now(self, target: Path) -> None:
        """Write everything as the system showed it."""
        _write_now(self.top, target)

    def write_after_loss(self, target: Path, chance: Random, *, names_too: bool) -> None:
        """Write what is there after a power cut at this moment; with ``names_too`` names go too."""
        _write_after(self.top, target, chance, names_too)


def _nothing(_call: Call) -> bool:
    return False


def _load(folder: Path) -> Folder:
    loaded = Folder()
    for path in folder.iterdir():
        node: Node = _load(path) if path.is_dir() else File(bytearray(path.read_bytes()))
        loaded.disk[path.name] = loaded.now[path.name] = node
    return loaded


def _write_now(folder: Folder, target: Path) -> None:
    target.mkdir()
    for name, node in folder.now.items():
        if isinstance(node, Folder):
            _write_now(node, target / name)
        else:
            (target / name).write_bytes(node.now())


def _write_after(folder: Folder, target: Path, chance: Random, names_too: bool) -> None:
    target.mkdir()
    names = dict(folder.disk)
    # A folder's own changes reach the disk in their order: filesystems journal them.
    kept = chance.randint(0, len(folder.waits)) if names_too else len(folder.waits)
    for changes in folder.waits[:kept]:
        _rename(names, changes)
    for name, node in names.items():
        if isinstance(node, Folder):
            _write_after(node, target / name, chance, names_too)
        else:
            (target / name).write_bytes(_after(node, chance))


def _after(file: File, chance: Random) -> bytearray:
    how = chance.randrange(4)
    if how == 0:
        return bytearray(file.disk)
    if how == 1:
        return file.now()
    part = chance.choice((512, 4096))
    kept: list[tuple[int, bytes | None]] = []
    for at, data in file.waits:
        if chance.random() < 0.4:
            continue
        if how == 3 and data is not None and chance.random() < 0.5:
            kept += _torn(at, data, part, chance)
        else:
            kept.append((at, data))
    return _applied(file.disk, kept)


def _torn(at: int, data: bytes, part: int, chance: Random) -> list[tuple[int, bytes | None]]:
    """Keep some of the sectors a write lies on."""
    pieces: list[tuple[int, bytes | None]] = []
    start = at
    while start < at + len(data):
        end = min(start - start % part + part, at + len(data))
        if chance.random() < 0.5:
            pieces.append((start, data[start - at : end - at]))
        start = end
    return pieces
