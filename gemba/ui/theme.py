"""Colours, type and spacing of the window, named by what they are for.

This is the only module of the window that knows a colour by its number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from gemba.resources import resource_path

Token = Literal[
    "page",
    "surface",
    "ink",
    "ink_soft",
    "line",
    "edge",
    "accent",
    "on_accent",
    "accent_soft",
    "good",
    "good_soft",
    "watch",
    "watch_soft",
    "stop",
    "stop_soft",
    "paper",
    "paper_ink",
    "paper_soft",
    "paper_accent",
    "series_2",
    "series_3",
    "photo",
]
Step = Literal["small", "text", "strong", "large", "title", "question", "small_strong", "italic"]

FAMILY: Final = "Source Sans 3"
_FACES: Final = ("Regular", "Semibold", "It", "SemiboldIt")

_LIGHT: Final[dict[Token, str]] = {
    "page": "#F6F4EF",
    "surface": "#FFFFFF",
    "ink": "#1F2A33",
    "ink_soft": "#56626D",
    "line": "#DAD5CA",
    "edge": "#7F8A93",
    "accent": "#23597F",
    "on_accent": "#FFFFFF",
    "accent_soft": "#E3ECF2",
    "good": "#256A4B",
    "good_soft": "#E4F0E9",
    "watch": "#8A580B",
    "watch_soft": "#F6ECD8",
    "stop": "#A93636",
    "stop_soft": "#F7E3E1",
    "paper": "#FFFFFF",
    "paper_ink": "#1F2A33",
    "paper_soft": "#56626D",
    "paper_accent": "#23597F",
    "series_2": "#7C9BB0",
    "series_3": "#C4D0D8",
    "photo": "#CFCBC1",
}
_DARK: Final[dict[Token, str]] = {
    "page": "#1A1D21",
    "surface": "#23272C",
    "ink": "#E9E6E0",
    "ink_soft": "#A3ABB3",
    "line": "#3A4047",
    "edge": "#76808A",
    "accent": "#7DB3DC",
    "on_accent": "#1A1D21",
    "accent_soft": "#22384A",
    "good": "#69B894",
    "good_soft": "#1F3A2E",
    "watch": "#D9A94A",
    "watch_soft": "#40331B",
    "stop": "#E08383",
    "stop_soft": "#442626",
    "paper": "#FFFFFF",
    "paper_ink": "#1F2A33",
    "paper_soft": "#56626D",
    "paper_accent": "#23597F",
    "series_2": "#7C9BB0",
    "series_3": "#C4D0D8",
    "photo": "#4A535B",
}


@dataclass(frozen=True, slots=True)
class Size:
    """One step of the type scale, in pixels at 100 %."""

    pixels: int
    line: int
    semibold: bool = False
    italic: bool = False


STEPS: Final[dict[Step, Size]] = {
    "small": Size(12, 16),
    "small_strong": Size(12, 16, semibold=True),
    "text": Size(15, 21),
    "italic": Size(15, 21, italic=True),
    "strong": Size(15, 21, semibold=True),
    "large": Size(20, 26),
    "title": Size(20, 26, semibold=True),
    "question": Size(26, 34),
}


class Theme(QObject):
    """The look that every widget is handed: `theme.ink` is a colour, `theme.px(16)` a length.

    `dark` chooses the palette and `scale` multiplies every length and letter (2.0 is 200 %).
    """

    changed = Signal()

    page: QColor
    surface: QColor
    ink: QColor
    ink_soft: QColor
    line: QColor
    edge: QColor
    accent: QColor
    on_accent: QColor
    accent_soft: QColor
    good: QColor
    good_soft: QColor
    watch: QColor
    watch_soft: QColor
    stop: QColor
    stop_soft: QColor
    paper: QColor
    paper_ink: QColor
    paper_soft: QColor
    paper_accent: QColor
    series_2: QColor
    series_3: QColor
    photo: QColor

    def __init__(self, dark: bool = False, scale: float = 1.0, *, still: bool = False) -> None:
        super().__init__()
        self.dark = dark
        self.scale = scale
        self.still = still
        self.pixmaps: dict[tuple[str, str, int, float, bool], QPixmap] = {}
        self._fonts: dict[Step, QFont] = {}
        self._read_tokens()

    def _read_tokens(self) -> None:
        numbers = _DARK if self.dark else _LIGHT
        for token in get_args(Token):
            setattr(self, token, QColor(numbers[token]))

    def color(self, token: Token) -> QColor:
        """The colour of a token chosen at run time."""
        found = getattr(self, token)
        assert isinstance(found, QColor)
        return found

    @property
    def hover(self) -> QColor:
        """The ground of a row or button under the pointer: half of the selected ground."""
        return mix(self.accent_soft, self.surface, 0.5)

    @property
    def shade(self) -> QColor:
        """What lies over the page while the palette is open."""
        veil = QColor(self.paper_ink)
        veil.setAlphaF(0.55 if self.dark else 0.30)
        return veil

    @property
    def shadow(self) -> QColor:
        """The darkest part of the shadow under a sheet."""
        veil = QColor(self.paper_ink)
        veil.setAlphaF(0.10)
        return veil

    def px(self, length: float) -> int:
        """A length given in pixels at 100 %, in pixels at this scale."""
        return round(length * self.scale)

    def line_height(self, step: Step) -> int:
        """The distance of two lines of a type step, in pixels at this scale."""
        return self.px(STEPS[step].line)

    def font(self, step: Step = "text") -> QFont:
        """The face of a type step; a copy, so that a widget may change its own."""
        font = self._fonts.get(step)
        if font is None:
            size = STEPS[step]
            font = QFont(FAMILY)
            font.setPixelSize(self.px(size.pixels))
            font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
            font.setKerning(False)
            font.setFeature(QFont.Tag("liga"), 0)
            if size.semibold:
                font.setWeight(QFont.Weight.DemiBold)
            font.setItalic(size.italic)
            self._fonts[step] = font
        return QFont(font)

    def milliseconds(self) -> int:
        """How long a slide or fade lasts; 0 where the system asks for less motion."""
        if self.still or not QApplication.isEffectEnabled(Qt.UIEffect.UI_General):
            return 0
        from PySide6.QtWidgets import QStyle  # its many enumerations would slow the start

        hint = QStyle.StyleHint.SH_Widget_Animation_Duration
        return 120 if QApplication.style().styleHint(hint) > 0 else 0

    def apply(self, app: QApplication) -> None:
        """Give the application its faces, palette and style sheet."""
        register_faces(app)
        if not app.property("fusion"):
            app.setStyle("Fusion")
        app.setFont(self.font())
        app.setPalette(self._palette())
        app.setStyleSheet(self._sheet())

    def use(self, app: QApplication, dark: bool) -> None:
        """Change between light and dark while the window is open."""
        if dark == self.dark:
            return
        self.dark = dark
        self._read_tokens()
        self.pixmaps.clear()
        app.setPalette(self._palette())
        app.setStyleSheet(self._sheet())
        self.changed.emit()

    def follow(self, app: QApplication) -> None:
        """Follow the system's choice of light or dark from now on."""
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(lambda: self.use(app, system_is_dark(app)))
        self.use(app, system_is_dark(app))

    def _palette(self) -> QPalette:
        palette = QPalette()
        role = QPalette.ColorRole
        for which, colour in (
            (role.Window, self.page),
            (role.WindowText, self.ink),
            (role.Base, self.surface),
            (role.AlternateBase, self.page),
            (role.Text, self.ink),
            (role.PlaceholderText, self.ink_soft),
            (role.Button, self.surface),
            (role.ButtonText, self.ink),
            (role.BrightText, self.stop),
            (role.ToolTipBase, self.surface),
            (role.ToolTipText, self.ink),
            (role.Highlight, self.accent),
            (role.HighlightedText, self.on_accent),
            (role.Accent, self.accent),
            (role.Link, self.accent),
            (role.LinkVisited, self.accent),
            (role.Mid, self.line),
            (role.Dark, self.edge),
        ):
            palette.setColor(which, colour)
        for which in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, which, self.ink_soft)
        return palette

    def _sheet(self) -> str:
        px = self.px
        return f"""
LineEdit {{ background: transparent; border: none; }}
QToolTip {{ color: {self.ink.name()}; background: {self.surface.name()};
  border: 1px solid {self.edge.name()}; padding: {px(4)}px {px(8)}px; }}
QMenu {{ background: {self.surface.name()}; border: 1px solid {self.edge.name()};
  padding: {px(4)}px; }}
QMenu::item {{ padding: {px(7)}px {px(16)}px {px(8)}px {px(12)}px; border-radius: {px(6)}px;
  color: {self.ink.name()}; }}
QMenu::item:selected {{ background: {self.accent_soft.name()}; }}
QMenu::item:disabled {{ color: {self.ink_soft.name()}; }}
QFrame[aim="true"] {{ border: 2px solid {self.paper_accent.name()}; }}
QMenu[long="true"] {{ menu-scrollable: 1; }}
QMenu::separator {{ height: 1px; background: {self.line.name()}; margin: {px(4)}px {px(8)}px; }}
QScrollBar {{ background: transparent; border: none; margin: 0; }}
QScrollBar:vertical {{ width: {px(12)}px; }}
QScrollBar:horizontal {{ height: {px(12)}px; }}
QScrollBar::handle {{ background: {self.edge.name()}; border-radius: {px(3)}px;
  margin: {px(3)}px; }}
QScrollBar::handle:vertical {{ min-height: {px(32)}px; }}
QScrollBar::handle:horizontal {{ min-width: {px(32)}px; }}
QScrollBar::handle:hover {{ background: {self.ink_soft.name()}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


def make_application(name: str) -> QApplication:
    """The one QApplication, begun with the style that the theme builds on.

    Naming the style here is 7 ms faster than setting it later, which loads all of Qt's styles.
    """
    app = QApplication([name, "-style", "fusion"])
    app.setProperty("fusion", True)
    return app


def register_faces(app: QApplication) -> None:
    """Make the bundled family known to Qt; a second call does nothing."""
    if app.property("faces"):
        return
    app.setProperty("faces", True)
    for face in _FACES:
        QFontDatabase.addApplicationFont(str(resource_path("fonts", f"SourceSans3-{face}.ttf")))


def system_is_dark(app: QApplication) -> bool:
    """Whether the system asks its applications to be dark."""
    return app.styleHints().colorScheme() == Qt.ColorScheme.Dark


def mix(one: QColor, other: QColor, share: float) -> QColor:
    """`share` of the first colour in the second, both opaque."""
    rest = 1.0 - share
    return QColor.fromRgbF(
        one.redF() * share + other.redF() * rest,
        one.greenF() * share + other.greenF() * rest,
        one.blueF() * share + other.blueF() * rest,
    )
