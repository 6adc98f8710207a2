"""The rules of a fishbone: its order, its changes, what is asked, and the way to the why tree."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from gemba.domain.figures.fishbone import DEEPEST, MOST_BONES, SETS, Bone, BoneCause, Fishbone
from gemba.domain.figures.five_whys import EVIDENCE, FiveWhys
from gemba.domain.figures.telling import Finding, Say, plain_english
from gemba.domain.figures.why_edits import asked, begun, changed


@dataclass(frozen=True, slots=True)
class Twig:
    """One cause where it is drawn: its place among the causes, its bone, its depth from 1, and
    the place of the cause it leads to, -1 for the bone itself."""

    index: int
    bone: int
    depth: int
    parent: int


def twigs(figure: Fishbone) -> tuple[Twig, ...]:
    """Return every cause once, bone by bone, each after what it leads to.

    What belongs to nothing that is here, or goes round in a circle, stands on the last bone.
    """
    below: dict[str, list[int]] = {}
    for index, cause in enumerate(figure.causes):
        below.setdefault(cause.parent, []).append(index)
    found: list[Twig] = []
    seen: set[int] = set()

    def grow(start: list[int], bone: int) -> None:
        waiting = [Twig(index, bone, 1, -1) for index in reversed(start)]
        while waiting:
            twig = waiting.pop()
            if twig.index in seen:
                continue
            seen.add(twig.index)
            found.append(twig)
            inner = below.get(figure.causes[twig.index].id, [])
            depth = min(DEEPEST, twig.depth + 1)
            waiting += [Twig(one, bone, depth, twig.index) for one in reversed(inner)]

    for number, bone in enumerate(figure.bones):
        grow(below.get(bone.id, []), number)
    last = max(0, len(figure.bones) - 1)
    ids = {cause.id for cause in figure.causes}
    # First those whose parent is gone, then what is left: circles.
    grow([i for i, c in enumerate(figure.causes) if i not in seen and c.parent not in ids], last)
    for index in range(len(figure.causes)):
        if index not in seen:
            grow([index], last)
    return tuple(sorted(found, key=lambda twig: twig.bone))


def bone_words(label: str, say: Say = plain_english) -> str:
    """Return how a bone is called; one without a name says so."""
    return " ".join(label.split()) or say("fishbone.unnamed")


def fishbone_findings(figure: Fishbone) -> tuple[Finding, ...]:
    """Ask about what was verified or ruled out by a guess, and name what does not fit together.

    ``where`` is the id of the cause, or empty.
    """
    found: list[Finding] = []
    ids = {bone.id for bone in figure.bones}
    known = ids | {cause.id for cause in figure.causes}
    for cause in figure.causes:
        values = {"text": " ".join(cause.text.split())}
        if cause.state in ("verified", "ruled_out") and not _is_known(cause):
            found.append(Finding(f"fishbone.{cause.state}_by_guess", cause.id, values))
        if cause.parent not in known:
            found.append(Finding("fishbone.orphan", cause.id, values))
    for index in _in_circles(figure):
        values = {"text": " ".join(figure.causes[index].text.split())}
        found.append(Finding("fishbone.cycle", figure.causes[index].id, values))
    if len(figure.bones) == 1 and any(cause.text.strip() for cause in figure.causes):
        found.append(Finding("fishbone.too_few", ""))
    if len(figure.bones) > MOST_BONES:
        found.append(Finding("fishbone.too_many", "", {"most": MOST_BONES}))
    return tuple(found)


def _is_known(cause: BoneCause) -> bool:
    return cause.evidence in EVIDENCE and cause.evidence != "guess"


def _in_circles(figure: Fishbone) -> list[int]:
    parents = {cause.id: cause.parent for cause in figure.causes}
    bones = {bone.id for bone in figure.bones}
    found = []
    for index, cause in enumerate(figure.causes):
        step, walked = cause.parent, 0
        while step in parents and step not in bones and walked <= len(parents):
            if step == cause.id:
                found.append(index)
                break
            step, walked = parents[step], walked + 1
    return found


def with_set(figure: Fishbone, name: str, new: Callable[[], str], say: Say) -> Fishbone:
    """Return the fishbone with the bones of a set; bones that hold causes or have a name of their
    own stay, those of the set are taken over by name."""
    held = {cause.parent for cause in figure.causes}
    words = [say(f"bone.{one}") for one in SETS[name]]
    ours = {say(f"bone.{one}").casefold() for names in SETS.values() for one in names}
    by_label = {bone.label.strip().casefold(): bone for bone in figure.bones}
    bones = [by_label.get(word.casefold()) or Bone(id=new(), label=word) for word in words]
    for bone in figure.bones:
        own = bone.label.strip() and bone.label.strip().casefold() not in ours
        if (own or bone.id in held) and bone not in bones:
            bones.append(bone)
    return replace(figure, bones=tuple(bones))


def with_cause(figure: Fishbone, parent: str, new: str, *, after: str = "") -> Fishbone:
    """Return the fishbone with one more cause, still without words, last below its parent or
    right after a sibling."""
    cause = BoneCause(id=new, parent=parent, text="")
    at = next((i + 1 for i, one in enumerate(figure.causes) if one.id == after), None)
    causes = list(figure.causes)
    causes.insert(len(causes) if at is None else at, cause)
    return replace(figure, causes=tuple(causes))


def without(figure: Fishbone, id: str) -> Fishbone:
    """Return the fishbone without a cause; what led to it now leads to what it led to."""
    gone = next((one for one in figure.causes if one.id == id), None)
    if gone is None:
        return figure
    causes = tuple(
        replace(one, parent=gone.parent) if one.parent == id else one
        for one in figure.causes
        if one.id != id
    )
    return replace(figure, causes=causes)


def raised(figure: Fishbone, id: str) -> Fishbone:
    """Return the fishbone with a cause one step nearer its bone."""
    by_id = {cause.id: cause for cause in figure.causes}
    cause = by_id.get(id)
    if cause is None or cause.parent not in by_id or cause.parent == id:
        return figure
    above = by_id[cause.parent].parent
    moved = tuple(replace(one, parent=above) if one.id == id else one for one in figure.causes)
    return replace(figure, causes=moved)


def above(figure: Fishbone, cause_id: str) -> tuple[str, ...]:
    """Return the words of the causes a cause leads to on its bone, the nearest first."""
    known = {one.id: one for one in figure.causes}
    found: list[str] = []
    here = known.get(cause_id)
    while here is not None and len(found) < len(known):
        here = known.get(here.parent)
        if here is not None:
            found.append(here.text)
    return tuple(found)


def into_tree(
    tree: FiveWhys,
    cause: BoneCause,
    effect: str,
    new: Callable[[], str],
    leads_to: Sequence[str] = (),
) -> FiveWhys:
    """Return the why tree with a verified cause as an answer to what it leads to, else to its gap.

    ``leads_to`` are words of causes, the nearest first; the first that stands in the tree counts.
    An empty tree takes the effect as its gap. A cause with these words is not added again.
    """
    words = " ".join(cause.text.split())
    standing = {" ".join(why.text.split()).casefold(): why.id for why in tree.whys}
    if words.casefold() in standing:
        return tree
    led = (standing.get(" ".join(one.split()).casefold(), "") for one in leads_to if one.strip())
    below = next((id for id in led if id), "")
    tree = begun(tree, new())
    gap = next((why for why in tree.whys if not why.parent), tree.whys[0])
    if not gap.text.strip():
        tree = changed(tree, gap.id, text=" ".join(effect.split()))
    id = new()
    evidence = cause.evidence if cause.evidence in EVIDENCE else "guess"
    tree = asked(tree, below or gap.id, id)
    return changed(tree, id, text=words, evidence=evidence, source=cause.source)
