"""What the sheet page works with, and what its drawers see of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint, SignalInstance
    from PySide6.QtWidgets import QWidget

    from gemba.domain.compared import ComparedSheet
    from gemba.domain.definition import SheetDefinition
    from gemba.domain.figures import Figure
    from gemba.domain.figures.placing import Figures
    from gemba.domain.question_set import QuestionSet
    from gemba.domain.sheet import Sheet, TrayPiece
    from gemba.domain.wording import Remark
    from gemba.services.coaching import Coaching
    from gemba.services.consent import Consent
    from gemba.services.drafts import Drafts
    from gemba.services.exports import Exports
    from gemba.services.paper import DrawnSheet, Paper
    from gemba.services.patterns import PatternFinder
    from gemba.services.people import People
    from gemba.services.recorder import Recorder
    from gemba.services.reviews import Reviews
    from gemba.services.sheet_course import Course
    from gemba.services.sheet_formats import SheetFormats
    from gemba.services.sheet_types import SheetTypes
    from gemba.services.sheets import Sheets
    from gemba.services.story import Story
    from gemba.services.thread import Thread
    from gemba.services.ties import Ties
    from gemba.services.versions import Versions
    from gemba.services.walks import Walks
    from gemba.services.wording import Wording
    from gemba.ui.go import Go
    from gemba.ui.pages.sheet_bar import SheetBar
    from gemba.ui.pages.sheet_kinds import KindPictures
    from gemba.ui.similar import LookUp
    from gemba.ui.tasks import Tasks
    from gemba.ui.theme import Theme
    from gemba.ui.widgets import DrawerHost
    from gemba.ui.widgets.box_area import BoxFacts
    from gemba.ui.widgets.box_text import BoxText
    from gemba.ui.widgets.paper import PaperView


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetDesk:
    """What the sheet page and its drawers work with."""

    sheets: Sheets
    types: SheetTypes
    formats: SheetFormats
    people: People
    coaching: Coaching
    walks: Walks
    thread: Thread
    exports: Exports
    paper: Paper
    recorder: Recorder
    versions: Versions
    wording: Wording
    pictures: Callable[[], KindPictures]
    story: Story
    course: Course
    consent: Consent
    reviews: Reviews
    drafts: Drafts
    questions: Callable[[str, int | None], QuestionSet]
    words: Callable[..., str]
    day: Callable[[object], str]
    tasks: Tasks
    similar: LookUp | None = None
    patterns: Callable[[], PatternFinder] | None = None


@dataclass(frozen=True, slots=True)
class MarkedSheet:
    """A sheet drawn with the marks of a comparison, and what its boxes say to who cannot see."""

    drawn: DrawnSheet
    facts: dict[str, BoxFacts]


class AsksOfWords(Protocol):
    """What asks about the wording of the sheet that is shown; `changed` follows each reading."""

    @property
    def changed(self) -> SignalInstance:
        """Follows each reading, and each answer."""

    def at_box(self, box_id: str) -> list[Remark]:
        """Return what is asked about a box; about the whole sheet with no box."""

    def asked(self, box_id: str, place: str, words: str) -> Remark | None:
        """Return what is asked about words of a figure that stand in a place."""

    def answer(self, remark: Remark, reason: str) -> None:
        """Keep why a sentence stands as it is."""

    def read_again(self) -> None:
        """Read again now."""


class Shaper(Protocol):
    """What panels ask of the boxes on the page."""

    def act(self, do: Callable[[], Sheet], said: str = "") -> bool:
        """Do something to the boxes, draw the sheet, and offer to take it back."""

    def label(self, box_id: str) -> str:
        """Return what a box is called on this sheet."""

    def below(self, box_id: str) -> str:
        """Return the box below a box in its column, or nothing."""

    def rename(self, box_id: str, label: str) -> None:
        """Call a box otherwise."""

    def may_be_called(self, label: str) -> bool:
        """Tell whether a name is short enough for a box."""

    def too_long(self) -> str:
        """Say how long a name may be."""

    def merge(self, box_id: str) -> None:
        """Put a box and the one below it together."""

    def split(self, box_id: str) -> None:
        """Make two boxes of one."""

    def reset(self) -> None:
        """Give the sheet the boxes of its type again."""

    def put(self, piece: TrayPiece, box_id: str) -> None:
        """Set a piece of the tray behind what stands in a box."""

    def adjust(self) -> None:
        """Move borders by keys."""


class FigureEdits(Protocol):
    """What panels and editors ask of the figures on the page."""

    def add_figure(self, figure: Figure) -> None:
        """Put a figure into the box in focus and open its editor."""

    def shown_first(self) -> str:
        """Return the box for what is to be seen, where none is in focus."""

    def put_figure(self, box_id: str, figure: Figure) -> None:
        """Write a figure and draw it."""

    def put_edited(self, box_id: str, figure: Figure) -> None:
        """Write what an editor made of a figure, in the place where it stands."""

    def arrange(self, box_id: str, edit: Callable[[Figures], Figures]) -> None:
        """Place, order or size the figures of a box."""

    def remove_figure(self, box_id: str, figure_id: str) -> None:
        """Take a figure away; undo brings it back."""

    def undo(self) -> None:
        """Take back the last change of a box or a figure."""


class TypeChanger(Protocol):
    """The way to another type of sheet."""

    def begin(self) -> None:
        """Ask for the situation, with every kind of sheet beside the others."""


class SheetHost(Protocol):
    """The sheet page as its parts see it; ``sheet`` is the sheet as it stands."""

    theme: Theme
    desk: SheetDesk
    go: Go
    sheet: Sheet | None
    definition: SheetDefinition | None
    at_revision: int | None
    first_draft: bool
    compared: ComparedSheet | None
    view: PaperView
    host: DrawerHost
    ties: Ties
    bar: SheetBar

    @property
    def wording(self) -> AsksOfWords:
        """What asks about the words of the sheet."""

    @property
    def shape(self) -> Shaper:
        """What shapes the boxes on the page."""

    @property
    def edits(self) -> FigureEdits:
        """What writes the figures of the sheet, and takes back."""

    @property
    def change(self) -> TypeChanger:
        """What makes the sheet one of another type."""

    @property
    def editor(self) -> BoxText | None:
        """The editor of the box that is open."""

    @property
    def writing(self) -> str:
        """The id of the box that is open, or nothing."""

    def shown(self) -> Sheet:
        """Return the sheet as it is on the screen."""

    def may_write(self) -> bool:
        """Tell whether the boxes can be written in now."""

    def write(self, box_id: str) -> None:
        """Open a box for writing, in its place and at its size."""

    def begin_line(self, box_id: str, field: str) -> None:
        """Open a box at a new line that one of its fields begins."""

    def may_ask(self) -> bool:
        """Tell whether the margin can be written in now."""

    def may_answer(self) -> bool:
        """Tell whether the owner's answers can be written now, also while an old state is shown."""

    def stop_writing(self) -> None:
        """Hand over the text of the box that is open and close it."""

    def take(self, sheet: Sheet) -> None:
        """Go on with a sheet as it is now."""

    def open_drawer(self, key: str) -> None:
        """Show a panel beside the sheet, by its key."""

    def show_check(self, check_id: str) -> None:
        """Show a check of the sheet where its checks stand."""

    def close_drawer(self, key: str = "") -> None:
        """Close the panel beside the sheet; with a key only where it is that one."""

    def read_again(self) -> None:
        """Ask about the words anew, and show anew what was asked."""

    def show_instead(self, widget: QWidget | None) -> None:
        """Show something in place of the sheet, or the sheet again."""

    def is_now(self) -> bool:
        """Tell whether the sheet is shown as it is, and not as it was or compared."""

    def look_at(
        self,
        *,
        revision: int | None = None,
        compared: ComparedSheet | None = None,
        marked: MarkedSheet | None = None,
    ) -> None:
        """Show the sheet at a revision, or how two states differ; without either, as it is now."""

    def drawing(self) -> DrawnSheet:
        """Return the sheet drawn as it is shown, for the screen."""

    def draw(self) -> None:
        """Draw the sheet and show it."""

    def box_in_focus(self) -> str:
        """Return the box that has the focus, or had it before a menu or the palette took it."""

    def edit_figure(self, box_id: str, figure_id: str) -> None:
        """Open the editor of a figure; whoever may not draw in it asks about it."""

    def figure_in_hand(self) -> tuple[str, str] | None:
        """Return box and figure whose editor is open, or None."""

    def ask_figure_home(self, at: QPoint) -> None:
        """Ask which box the figure in hand is to stand in, at a point of the screen."""

    def follow_figure(self) -> None:
        """Let the open editor of a figure show it as it stands now, or close it."""

    def keep_clear(self) -> None:
        """Show the sheet clear of a drawer that lies over its far side."""

    def tie(self, part: str = "") -> None:
        """Offer what a part of the sheet can be tied to; without one, what the box in focus can."""

    def hold_talk(self, talk: UUID | None) -> None:
        """Go on under a talk about the sheet, or under none."""

    def window(self) -> QWidget:
        """Return the window, over which a dialog can stand."""

    def tr(self, sourceText: str, /, disambiguation: str | None = ..., n: int = ...) -> str:
        """Return words in the language of the window."""
