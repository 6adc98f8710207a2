"""Where free text names a person, and putting a neutral word there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, cast
from xml.sax.saxutils import escape

from gemba.domain.changes import Ref
from gemba.domain.kinds import Record, kind_of
from gemba.domain.naming import Mention as Found
from gemba.domain.naming import PersonName, sentence_at
from gemba.domain.packed import packed_in, words_packed
from gemba.domain.pictures import photos_of
from gemba.domain.record_titles import title_of
from gemba.domain.texts import PACKED, texts_of, with_texts
from gemba.domain.titles import first_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place in a free text that seems to name a person.

    ``sure`` is how the tick stands at first; ``sentence`` holds the word in sight; ``start``
    counts characters from the beginning of the text, ``title`` is what the record is known by. A
    file that is packed in a record is one place, wherever in it the name stands.
    """

    ref: Ref
    path: str
    start: int
    word: str
    sentence: str
    sure: bool
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A photo beside words that seem to name a person; ``sure`` is how the tick stands at first.

    ``title`` is what the first such record is known by, ``records`` how many name the photo.
    Where ``sound`` is true it is a voice memo.
    """

    photo: str
    sure: bool
    title: str
    records: int
    sound: bool = False


class Rubber:
    """Puts a neutral word for a name in what nobody was shown: journal, settings, file names.

    There every sure mention goes, unless that word was left in each place of the same record, and
    an unsure one only where it was ticked in the same record.
    """

    def __init__(
        self, name: PersonName, word: str, shown: Sequence[Mention], ticked: frozenset[Mention]
    ) -> None:
        self._name = name
        self._word = word
        self._ticked = words_of(one for one in shown if one in ticked)
        self._left = words_of(one for one in shown if one not in ticked)

    def may_stand_in(self, raw: str) -> bool:
        """Tell quickly whether a text may hold the name."""
        return self._name.may_stand_in(raw)

    def rub(self, ref: Ref | None, text: str) -> str:
        """Return a text of a record without the name."""

        def wanted(one: Found) -> bool:
            at = (ref, one.word.casefold())
            return at in self._ticked or (one.sure and at not in self._left)

        return put_for(self._name, text, self._word, wanted)


def put_for(name: PersonName, text: str, word: str, wanted: Callable[[Found], bool]) -> str:
    """Put a neutral word for each mention that is wanted, so that a form stays one.

    In an XForm a name that is one of its parts, or stands in the path to it, is left: answers go
    by it, and with another in its place none would be found. The word is written as XML has it,
    and without quotes where a formula may stand.
    """
    if not text.lstrip().startswith("<") or "http://www.w3.org/2002/xforms" not in text:
        return name.replace(text, word, wanted)
    for one in reversed(name.mentions(text)):
        if text[one.start - 1] in "</" or not wanted(one):
            continue
        in_tag = text.rfind("<", 0, one.start) > text.rfind(">", 0, one.start)
        # The quote behind a name ends a text of a formula, and is no apostrophe.
        end = one.end - (in_tag and text[one.end - 1] in "'’")
        put = escape(word.translate(_NO_QUOTES) if in_tag else word)
        text = text[: one.start] + put + text[end:]
    return text


def mentions_in(record: Record, ref: Ref, name: PersonName) -> Iterator[Mention]:
    """Return where the texts of a record name a person, in their order."""
    for path, text in texts_of(record):
        for one in name.mentions(text):
            yield Mention(
                ref=ref,
                path=path,
                start=one.start,
                word=one.word,
                sentence=sentence_at(text, one.start, one.end),
                sure=one.sure,
                title=first_words(title_of(record)),
            )
    inside = _inside(record, name)
    if inside is not None:
        text, found = inside
        yield Mention(
            ref=ref,
            path=_PACKED_AT,
            start=0,
            word=found.word,
            sentence=sentence_at(text, found.start, found.end),
            sure=found.sure,
            title=first_words(title_of(record)),
        )


_NO_QUOTES: Final = {ord('"'): None, ord("'"): None}
_PACKED_AT: Final = PACKED["xform"]


def may_hold_packed(record: Record, name: PersonName) -> bool:
    """Tell whether the file that is packed in a record may hold a name; slow for a large one."""
    packed = packed_in(record)
    return bool(packed) and any(name.may_stand_in(text) for text in words_packed(packed))


def _inside(record: Record, name: PersonName) -> tuple[str, Found] | None:
    """Return a text of the packed file that names a person, and where, a sure one if there is."""
    packed = packed_in(record)
    found = [
        (text, one)
        for text in (words_packed(packed) if packed else ())
        if name.may_stand_in(text)
        for one in name.mentions(text)
    ]
    return max(found, key=lambda each: each[1].sure, default=None)


def rubbed(
    record: Record, ref: Ref, name: PersonName, word: str, places: set[tuple[Ref, str, int]]
) -> Record:
    """Return a record with a neutral word at these places, and without a packed file that is one.

    What is packed cannot be changed and opened again as it was, so all of it goes.
    """

    def mend(path: str, text: str) -> str:
        return put_for(name, text, word, lambda one: (ref, path, one.start) in places)

    mended = with_texts(record, mend)
    if (ref, _PACKED_AT, 0) in places and packed_in(mended):
        return cast(Record, replace(cast(Any, mended), **{_PACKED_AT: ""}))
    return mended


def words_of(mentions: Iterable[Mention]) -> frozenset[tuple[Ref | None, str]]:
    """Return the words of mentions, casefolded, each with its record."""
    return frozenset((one.ref, one.word.casefold()) for one in mentions)


def pictures_beside(
    mentions: Iterable[Mention], named: Iterable[Record], having: Iterable[Record]
) -> list[Picture]:
    """Return the photos that stand beside mentions: in the same part of a record, or just in it.

    ``named`` are the records of the mentions, ``having`` all that name a photo.
    """
    told: dict[Ref, list[Mention]] = {}
    for one in mentions:
        if one.path != _PACKED_AT:
            # Who wrote a workbook says nothing about the photo of a standard.
            told.setdefault(one.ref, []).append(one)
    count: dict[str, int] = {}
    for record in having:
        for photo in {photo for _path, photo in photos_of(record)}:
            count[photo] = count.get(photo, 0) + 1
    found: dict[str, Picture] = {}
    for record in named:
        beside = told.get(Ref(kind_of(record), record.id), [])
        for path, photo in photos_of(record):
            near = [one for one in beside if not path or one.path.startswith(f"{path}.")]
            if near:
                before = found.get(photo)
                found[photo] = Picture(
                    photo=photo,
                    sure=any(one.sure for one in near) or (before is not None and before.sure),
                    title=before.title if before is not None else near[0].title,
                    records=count.get(photo, 1),
                    sound=any(one.sound == photo for one in getattr(record, "memos", ())),
                )
    return list(found.values())
