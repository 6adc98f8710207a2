"""Reads what strace wrote about a process: each call that changes files, whole, in order."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

CALLS: Final = (
    "openat,open,creat,close,dup,dup2,dup3,write,pwrite64,writev,pwritev,pwritev2,fsync,fdatasync,"
    "sync,syncfs,rename,renameat,renameat2,unlink,unlinkat,rmdir,ftruncate,truncate,mkdir,mkdirat,"
    "link,linkat,lseek,fallocate,copy_file_range,sendfile,clone,clone3,fork,vfork"
)
_SYNCS: Final = frozenset({"fsync", "fdatasync", "sync", "syncfs"})
_BIRTH = re.compile(r"(?:<\.\.\. )?(clone3?|v?fork)\b")
_LINE = re.compile(r"(\d+) +(.*)", re.DOTALL)
_RESUMED = re.compile(r"<\.\.\. (\w+) resumed>(.*)", re.DOTALL)
_CALL = re.compile(r"(\w+)\((.*)\) += (-?\d+|\?)(.*)", re.DOTALL)
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')
_WORD = re.compile(r'"(?:\\x[0-9a-f]{2})*"|\[[^\]]*\]|[^,]+')


@dataclass(frozen=True, slots=True)
class Call:
    """One call: its arguments as strace writes them, and what it returned.

    A sync comes twice: with ``returned`` None when it began and with its result when it ended,
    for what is written meanwhile by another thread is not covered by it.
    """

    name: str
    arguments: tuple[str, ...]
    returned: int | None
    number: int

    def text(self, at: int) -> bytes:
        """Return an argument that is a text, as bytes."""
        return text_of(self.arguments[at])

    def whole(self, at: int) -> int:
        """Return an argument that is a number."""
        return int(self.arguments[at], 0)


def text_of(argument: str) -> bytes:
    """Return the bytes of the texts in an argument, one after the other."""
    found = _TEXT.findall(argument)
    if any(cut for _, cut in found):
        raise ValueError("strace has cut a text short")
    return b"".join(bytes.fromhex(text.replace("\\x", "")) for text, _ in found)


def strace_command(trace: Path, command: list[str]) -> list[str] | None:
    """Return the call that runs a command under strace, None where there is no strace."""
    if shutil.which("strace") is None:
        return None
    how = ["strace", "-f", "--seccomp-bpf", "-qq", "-xx", "-s", "100000000"]
    return [*how, "-e", f"trace={CALLS}", "-o", str(trace), *command]


def _other_processes(path: Path) -> frozenset[str]:
    """Return the threads of processes that the first one started, which have their own files."""
    born: dict[str, tuple[str, bool]] = {}
    begun: dict[str, str] = {}
    with path.open(encoding="ascii") as file:
        for line in file:
            thread, _, said = line.rstrip("\n").partition(" ")
            said = said.lstrip()
            if not _BIRTH.match(said):
                continue
            if said.endswith("<unfinished ...>"):
                begun[thread] = said
                continue
            if said.startswith("<..."):
                said = begun.pop(thread, "") + said
            child = said.rpartition("=")[2].split()[:1]
            if child and child[0].isdigit():
                born[child[0]] = (thread, "CLONE_THREAD" in said)
    others: set[str] = set()
    for child in born:
        step = child
        while step in born:
            parent, thread_of = born[step]
            if not thread_of:
                others.add(child)
                break
            step = parent
    return frozenset(others)


def read_trace(path: Path) -> Iterator[Call]:
    """Return the calls of the first process in the order in which they took effect."""
    open_: dict[str, tuple[str, int]] = {}
    others = _other_processes(path)
    with path.open(encoding="ascii") as file:
        for number, line in enumerate(file):
            found = _LINE.fullmatch(line.rstrip("\n"))
            if found is None or found[1] in others or _BIRTH.match(found[2]):
                continue
            process, said = found.groups()
            if said.endswith("<unfinished ...>"):
                said = said.removesuffix("<unfinished ...>").rstrip()
                open_[process] = (said, number)
                name = said.partition("(")[0]
                if name in _SYNCS:
                    yield Call(name, tuple(said.partition("(")[2].split(", ")), None, number)
                continue
            resumed = _RESUMED.fullmatch(said)
            began = number
            if resumed is not None:
                if process not in open_:
                    continue
                head, began = open_.pop(process)
                said = head + resumed.group(2)
            call = _read(said, began)
            if call is None:
                continue
            if call.name in _SYNCS and resumed is None:
                yield Call(call.name, call.arguments, None, began)
            yield call


def _read(said: str, number: int) -> Call | None:
    found = _CALL.fullmatch(said)
    if found is None:
        return None
    name, inside, returned, _ = found.groups()
    if returned == "?" or returned.startswith("-"):
        return None
    arguments = tuple(word.strip() for word in _WORD.findall(inside))
    return Call(name, arguments, int(returned), number)
