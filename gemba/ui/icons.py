"""Icons from the bundled SVG files, tinted by a token of the theme."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from gemba.resources import resource_path
from gemba.ui.theme import Theme, Token

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

STROKE = "1.75"
_MIRRORED = frozenset({"arrow-left", "arrow-right", "chevron-left", "chevron-right", "undo-2"})


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    text = resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")
    return text.replace('stroke-width="2"', f'stroke-width="{STROKE}"')


def pixmap(
    theme: Theme,
    name: str,
    token: Token = "ink",
    size: int = 20,
    *,
    ratio: float = 1.0,
    mirrored: bool = False,
) -> QPixmap:
    """The picture of an icon; `size` in pixels at 100 %, `ratio` device pixels for each.

    An arrow is mirrored where reading runs from right to left. Raises FileNotFoundError for a
    name that is not bundled.
    """
    flip = mirrored and name in _MIRRORED
    key = (name, token, size, ratio, flip)
    found = theme.pixmaps.get(key)
    if found is None:
        found = _draw(_source(name), theme.color(token).name(), theme.px(size), ratio, flip)
        theme.pixmaps[key] = found
    return found


def _draw(source: str, colour: str, side: int, ratio: float, flip: bool) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    if flip:
        painter.translate(picture.width(), 0)
        painter.scale(-1, 1)
    renderer.render(painter, QRectF(0, 0, picture.width(), picture.height()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def icon(theme: Theme, name: str, token: Token = "ink", size: int = 20) -> QIcon:
    """The icon for menus and other places that Qt paints itself, sharp at 100 % and 200 %."""
    from PySide6.QtGui import QIcon  # menus come after the first paint

    made = QIcon(pixmap(theme, name, token, size))
    made.addPixmap(pixmap(theme, name, token, size, ratio=2.0))
    return made
