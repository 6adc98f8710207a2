"""All use cases over one data folder, put together once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from gemba.domain.pen import PENS
from gemba.services.backups import Backups
from gemba.services.bulletin import Bulletin
from gemba.services.recorder import Post, Recorder, call_at_once

if TYPE_CHECKING:
    from gemba.definitions.catalog import Catalog
    from gemba.domain.changes import Ref
    from gemba.domain.kinds import Record
    from gemba.services.arrivals import Arrivals
    from gemba.services.bin import Bin
    from gemba.services.coaching import Coaching
    from gemba.services.conflicts import Conflicts
    from gemba.services.consent import Consent
    from gemba.services.coverage import CoverageFinder
    from gemba.services.development import Development
    from gemba.services.drafts import Drafts
    from gemba.services.erasing import Erasing
    from gemba.services.exports import Exports
    from gemba.services.form_out import FormOut
    from gemba.services.forms import Forms
    from gemba.services.gallery import Gallery
    from gemba.services.history import History
    from gemba.services.looking_back import LookingBack
    from gemba.services.memos import Memos
    from gemba.services.patterns import PatternFinder
    from gemba.services.people import People
    from gemba.services.photo_import import PhotoImport
    from gemba.services.practice import Practice
    from gemba.services.promises import Promises
    from gemba.services.question_classes import QuestionClasses
    from gemba.services.question_sets import QuestionSets
    from gemba.services.reviews import Reviews
    from gemba.services.routes import Routes
    from gemba.services.routines import Routines
    from gemba.services.sessions import Sessions
    from gemba.services.sheet_actions import Actions
    from gemba.services.sheet_course import Course
    from gemba.services.sheet_formats import SheetFormats
    from gemba.services.sheet_types import SheetTypes
    from gemba.services.sheets import Sheets
    from gemba.services.story import Story
    from gemba.services.thanks import Thanks
    from gemba.services.thread import Thread
    from gemba.services.versions import Versions
    from gemba.services.vocabularies import Vocabularies
    from gemba.services.walk_paper import WalkPaper
    from gemba.services.walks import Walks
    from gemba.services.wording import Wording
    from gemba.store.store import Store


def local_now() -> datetime:
    """Return this instant with the name of the zone the machine lives in."""
    zone = _local_zone()
    return datetime.now(zone) if zone else datetime.now().astimezone()


def _local_zone() -> ZoneInfo | None:
    import os

    name = os.environ.get("TZ", "")
    if not name:
        try:
            # Read each time: people travel with their laptops. Usually there is one link only.
            name = Path("/etc/localtime").readlink().as_posix().partition("zoneinfo/")[2]
        except (OSError, NotImplementedError):
            pass
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, KeyError):
        return None


class Workspace:
    """One open data folder and everything that can be done in it."""

    def __init__(
        self,
        store: Store,
        catalog: Catalog,
        words: Callable[..., str],
        *,
        post: Post = call_at_once,
        now: Callable[[], datetime] = local_now,
        bulletin: Bulletin | None = None,
    ) -> None:
        self.store = store
        self.catalog = catalog
        self._words = words
        self.bulletin = bulletin or Bulletin()
        self.recorder = Recorder(store, self.bulletin, post=post, now=now)
        self.backups = Backups(
            store,
            who=lambda: self.recorder.who,
            post=post,
            now=now,
            mark=lambda text: words("salvage.mark", text=text),
        )
        self.recorder.rules.append(self._keep_to_the_pen)
        self.bulletin.listen(self._follow_questions)
        if store.writable and store.settings.half_erased():
            self.erasing.finish_half()
        if store.writable and store.settings.get(PENS):
            self.sheets.lay_pens_down()

    def _keep_to_the_pen(self, before: Record, after: Record) -> None:
        # Held whoever writes the sheet, also where nobody has asked for the sheets yet.
        from gemba.domain.sheet import Sheet

        if isinstance(before, Sheet) and isinstance(after, Sheet):
            self.sheets.keep_to_the_pen(before, after)

    def _follow_questions(self, refs: frozenset[Ref]) -> None:
        # A set of one's own is a file as well: also after undo, the bin and an import.
        if any(ref.kind == "question_script" for ref in refs):
            self.question_sets.follow(refs)

    # What a start does not need is loaded when it is first asked for.

    @cached_property
    def arrivals(self) -> Arrivals:
        """Return what brings in data from elsewhere."""
        from gemba.services.arrivals import Arrivals

        return Arrivals(self.recorder, self.backups)

    @cached_property
    def drafts(self) -> Drafts:
        """Return what keeps half-written entries."""
        from gemba.services.drafts import Drafts

        return Drafts(self.recorder)

    def _workplace_words(self) -> Callable[..., str]:
        """Return the sentences for what leaves on paper and in files."""
        from gemba.services.workplace_words import WorkplaceWords

        return WorkplaceWords(self._words, self.people.area_word)

    @cached_property
    def people(self) -> People:
        """Return what knows people and areas."""
        from gemba.services.people import People

        return People(self.recorder, area_word=lambda: self.vocabularies.words.area)

    @cached_property
    def thread(self) -> Thread:
        """Return what ties records to each other."""
        from gemba.services.thread import Thread

        return Thread(self.recorder)

    @cached_property
    def promises(self) -> Promises:
        """Return what keeps promises."""
        from gemba.services.promises import Promises

        return Promises(self.recorder, self.people, self.thread)

    @cached_property
    def walks(self) -> Walks:
        """Return what keeps walks and what was seen."""
        from gemba.services.fact_wording import FactWording
        from gemba.services.walks import Walks

        facts = FactWording(self.catalog.wording)
        return Walks(self.recorder, self.promises, self.thread, self.question_classes, facts)

    @cached_property
    def question_classes(self) -> QuestionClasses:
        """Return what tells how a question was asked."""
        from gemba.services.question_classes import QuestionClasses

        return QuestionClasses(self.catalog.question_rules)

    @cached_property
    def practice(self) -> Practice:
        """Return what keeps the coach's own practice."""
        from gemba.services.practice import Practice

        return Practice(self.recorder, self.people, self.question_classes)

    @cached_property
    def sheets(self) -> Sheets:
        """Return what keeps A3 sheets."""
        from gemba.services.sheets import Sheets

        return Sheets(self.recorder, self.people, self.catalog.sheet)

    @cached_property
    def sheet_types(self) -> SheetTypes:
        """Return what knows the sheet types, those of the user among them."""
        from gemba.services.sheet_types import SheetTypes

        return SheetTypes(self.catalog, self.sheets, lambda: self.store.writable)

    @cached_property
    def coaching(self) -> Coaching:
        """Return what keeps talks, cycles and storyboards."""
        from gemba.services.coaching import Coaching

        return Coaching(
            self.recorder,
            self.people,
            self.thread,
            self.sheets,
            self.question_sets,
            self.catalog.wording,
        )

    @cached_property
    def question_sets(self) -> QuestionSets:
        """Return what knows the sets of questions, those of the user among them."""
        from gemba.services.question_sets import QuestionSets

        return QuestionSets(self.recorder, self.catalog)

    @cached_property
    def sessions(self) -> Sessions:
        """Return what keeps conversations with a set of questions."""
        from gemba.services.sessions import Sessions

        return Sessions(self.recorder, self.question_sets, self.promises)

    @cached_property
    def history(self) -> History:
        """Return what looks back, and searches."""
        from gemba.services.history import History

        return History(self.recorder, self.sheets.private)

    @cached_property
    def development(self) -> Development:
        """Return what keeps how people grow."""
        from gemba.services.development import Development

        return Development(self.recorder, self.people, self.sheets)

    @cached_property
    def looking_back(self) -> LookingBack:
        """Return what tells timelines and ledgers of learners."""
        from gemba.services.looking_back import LookingBack

        return LookingBack(self.recorder, lambda: self.question_sets)

    @cached_property
    def bin(self) -> Bin:
        """Return what deletes, and brings back."""
        from gemba.services.bin import Bin

        bin = Bin(self.recorder)
        bin.before = self.backups.before
        bin.brought = self.people.follow_merges
        return bin

    @cached_property
    def versions(self) -> Versions:
        """Return what reads earlier states and takes changes back."""
        from gemba.services.versions import Versions

        versions = Versions(self.recorder)
        versions.brought = lambda refs: self.people.follow_merges(refs, parted=False)
        return versions

    @cached_property
    def conflicts(self) -> Conflicts:
        """Return what keeps two texts that clashed."""
        from gemba.services.conflicts import Conflicts

        return Conflicts(self.recorder, lambda: self.sheets)

    @cached_property
    def erasing(self) -> Erasing:
        """Return what erases for good."""
        from gemba.services.erasing import Erasing

        erasing = Erasing(self.recorder)
        erasing.backups = self.backups
        return erasing

    @cached_property
    def gallery(self) -> Gallery:
        """Return what finds sheets among many."""
        from gemba.services.gallery import Gallery

        return Gallery(self.recorder, self.catalog.sheet)

    @cached_property
    def patterns(self) -> PatternFinder:
        """Return what counts what was seen and promised."""
        from gemba.services.patterns import PatternFinder

        return PatternFinder(self.recorder, self.people, self.sheets)

    @cached_property
    def thanks(self) -> Thanks:
        """Return what keeps thanks and the weekly cards."""
        from gemba.services.thanks import Thanks

        return Thanks(self.recorder, self.people)

    @cached_property
    def memos(self) -> Memos:
        """Return what takes voice memos in and lends them to a player."""
        from gemba.services.memos import Memos

        return Memos(self.recorder)

    @cached_property
    def photo_import(self) -> PhotoImport:
        """Return what takes many photos in at once."""
        from gemba.services.photo_import import PhotoImport

        return PhotoImport(self.recorder, self.walks)

    @cached_property
    def wording(self) -> Wording:
        """Return what asks about the wording of sentences."""
        from gemba.services.wording import Wording

        return Wording(self.recorder, self.people, self.catalog.wording)

    @cached_property
    def formats(self) -> SheetFormats:
        """Return what shapes the boxes of a sheet."""
        from gemba.services.sheet_formats import SheetFormats

        return SheetFormats(self.recorder, self.sheets, self.versions)

    @cached_property
    def reviews(self) -> Reviews:
        """Return what looks over a sheet by its rubric."""
        from gemba.services.reviews import Reviews

        return Reviews(self.recorder, self.people, self.sheets, self.catalog.rubric)

    @cached_property
    def routines(self) -> Routines:
        """Return what keeps a leader's routines."""
        from gemba.services.routines import Routines

        return Routines(self.recorder, self.people)

    @cached_property
    def coverage(self) -> CoverageFinder:
        """Return what knows where the leader has not been."""
        from gemba.services.coverage import CoverageFinder

        return CoverageFinder(self.recorder)

    @cached_property
    def vocabularies(self) -> Vocabularies:
        """Return which workplace's words are used."""
        from gemba.services.vocabularies import Vocabularies

        return Vocabularies(self.recorder, self.catalog)

    @cached_property
    def walk_paper(self) -> WalkPaper:
        """Return what draws cards, sheets and memos of walks."""
        from gemba.services.walk_paper import WalkPaper

        return WalkPaper(
            self.recorder, self.people, self.thread, self.walks, self.vocabularies, self._words
        )

    @cached_property
    def routes(self) -> Routes:
        """Return what keeps routes and makes walks from them."""
        from gemba.services.routes import Routes

        return Routes(self.recorder, self.thread, self.coverage)

    @cached_property
    def forms(self) -> Forms:
        """Return what keeps observation forms and what is filled in."""
        from gemba.services.forms import Forms

        return Forms(
            self.recorder, self.people, self.catalog, self.promises, self.thread, self._words
        )

    @cached_property
    def form_out(self) -> FormOut:
        """Return what writes forms and answers into files and on paper."""
        from gemba.services.form_out import FormOut

        words, read_photo = self._workplace_words(), self.walks.photo_marks.read
        return FormOut(self.recorder, self.forms, self.people, words, read_photo)

    @cached_property
    def consent(self) -> Consent:
        """Return what logs who was asked, and who signs."""
        from gemba.services.consent import Consent

        return Consent(self.recorder, self.sheets)

    @cached_property
    def actions(self) -> Actions:
        """Return what reports of the actions of plans."""
        from gemba.services.sheet_actions import Actions

        return Actions(self.recorder)

    @cached_property
    def course(self) -> Course:
        """Return what moves a sheet through its stages."""
        from gemba.services.sheet_course import Course

        return Course(self.recorder, self.people, self.thread, self.sheets)

    @cached_property
    def story(self) -> Story:
        """Return what tells how a sheet came about."""
        from gemba.services.story import Story

        return Story(self.recorder, self.sheets, self.versions)

    @cached_property
    def exports(self) -> Exports:
        """Return what draws records on paper and into files."""
        from gemba.services.exports import Exports

        exports = Exports(
            self.recorder,
            self.people,
            self.thread,
            self.walks,
            self.coaching,
            self.sheets,
            self.history,
            self._workplace_words(),
        )
        exports.forms_on_walk = lambda walk_id: self.form_out.papers.on_walk(walk_id)
        return exports

    def close(self) -> None:
        """Commit what is queued and let the folder go."""
        self.memos.take_back()
        self.backups.close()
        self.recorder.close()
        self.store.close()


def open_workspace(
    folder: Path,
    catalog: Catalog,
    words: Callable[..., str],
    *,
    key: bytes | None = None,
    write: bool = True,
    post: Post = call_at_once,
    now: Callable[[], datetime] = local_now,
) -> Workspace:
    """Open a data folder, making it when it is new; raises GembaError when it cannot be read.

    ``key`` is the data key of an encrypted folder; without it, that one raises Locked.
    """
    from gemba.store.opening import open_store

    store = open_store(folder, key=key, write=write, now=now)
    try:
        return Workspace(store, catalog, words, post=post, now=now)
    except BaseException:
        # Where not even the settings can be read, the folder must not stay taken.
        store.close()
        raise
