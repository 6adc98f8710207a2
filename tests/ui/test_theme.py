"""The theme: measured contrast, one place for colours, faces, and a change while open."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QApplication

from gemba.ui import icons
from gemba.ui.theme import FAMILY, STEPS, Theme, Token, mix
from gemba.ui.widgets import Label

GEMBA = Path(__file__).resolve().parents[2] / "gemba"


def luminance(colour: QColor) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = []
    for part in (colour.redF(), colour.greenF(), colour.blueF()):
        parts.append(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


TEXT_ON: list[tuple[Token, Token]] = [
    ("ink", "page"),
    ("ink", "surface"),
    ("ink", "accent_soft"),
    ("ink", "watch_soft"),
    ("ink", "stop_soft"),
    ("ink", "good_soft"),
    ("ink_soft", "page"),
    ("ink_soft", "surface"),
    ("ink_soft", "accent_soft"),
    ("accent", "page"),
    ("accent", "surface"),
    ("accent", "accent_soft"),
    ("on_accent", "accent"),
    ("good", "good_soft"),
    ("watch", "watch_soft"),
    ("watch", "page"),
    ("stop", "stop_soft"),
    ("stop", "surface"),
    ("stop", "page"),
    ("paper_ink", "paper"),
]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_text_can_be_read_on_its_ground(text: Token, ground: Token, dark: bool) -> None:
    theme = Theme(dark)
    assert contrast(theme.color(text), theme.color(ground)) >= 4.5


@pytest.mark.parametrize("dark", [False, True])
def test_text_can_be_read_under_the_pointer_and_while_pressed(dark: bool) -> None:
    theme = Theme(dark)
    assert contrast(theme.ink, theme.hover) >= 4.5
    assert contrast(theme.accent, theme.hover) >= 4.5
    assert contrast(theme.on_accent, mix(theme.ink, theme.accent, 0.24)) >= 4.5


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("ground", ["page", "surface"])
def test_the_edge_of_a_control_and_the_focus_ring_can_be_seen(ground: Token, dark: bool) -> None:
    theme = Theme(dark)
    assert contrast(theme.edge, theme.color(ground)) >= 3.0
    assert contrast(theme.accent, theme.color(ground)) >= 3.0


def test_no_colour_stands_outside_the_theme_and_the_paper_style() -> None:
    allowed = {GEMBA / "ui" / "theme.py", GEMBA / "reports" / "style.py"}
    number = re.compile(r"""["']#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})["'; ]""")
    found = []
    for path in GEMBA.rglob("*.py"):
        if path not in allowed:
            for at, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                if number.search(line) or re.search(r"QColor\(\s*\d", line):
                    found.append(f"{path.relative_to(GEMBA)}:{at}: {line.strip()}")
    assert found == []


def test_pages_do_not_style() -> None:
    styled = [
        str(path.relative_to(GEMBA))
        for path in (GEMBA / "ui").rglob("*.py")
        if path.name != "theme.py" and ".setStyleSheet(" in path.read_text(encoding="utf-8")
    ]
    assert styled == []


def test_the_bundled_family_is_used_in_every_step(qapp: QApplication) -> None:
    theme = Theme()
    theme.apply(qapp)
    for step, size in STEPS.items():
        info = QFontInfo(theme.font(step))
        assert info.family() == FAMILY
        assert info.pixelSize() == size.pixels
        assert info.italic() == size.italic
        assert (info.weight() >= 600) == size.semibold
    qapp.setStyleSheet("")


def test_digits_are_as_wide_as_each_other(qapp: QApplication) -> None:
    theme = Theme()
    theme.apply(qapp)
    metrics = QFontMetricsF(theme.font())
    assert len({round(metrics.horizontalAdvance(digit * 10), 3) for digit in "0123456789"}) == 1
    qapp.setStyleSheet("")


def test_lengths_and_letters_follow_the_scale() -> None:
    theme = Theme(scale=2.0)
    assert theme.px(36) == 72
    assert theme.font("text").pixelSize() == 30
    assert theme.line_height("question") == 68


def test_a_font_handed_out_is_a_copy() -> None:
    theme = Theme()
    theme.font("text").setPixelSize(99)
    assert theme.font("text").pixelSize() == 15


def test_light_turns_to_dark_while_the_window_is_open(qapp: QApplication) -> None:
    theme = Theme()
    theme.apply(qapp)
    label = Label(theme, "Saved")
    label.resize(200, 40)
    before = label.grab().toImage()
    seen: list[bool] = []
    theme.changed.connect(lambda: seen.append(theme.dark))
    theme.use(qapp, True)
    theme.use(qapp, True)
    assert seen == [True]
    after = label.grab().toImage()
    assert luminance(before.pixelColor(199, 39)) > 0.8
    assert luminance(after.pixelColor(199, 39)) < 0.1
    qapp.setStyleSheet("")


def test_every_icon_file_can_be_drawn_and_is_tinted(qapp: QApplication) -> None:
    theme = Theme()
    folder = GEMBA.parent / "resources" / "icons"
    names = [path.stem for path in folder.glob("*.svg")]
    assert "sun" in names
    for name in names:
        image = icons.pixmap(theme, name, "accent", 20, ratio=2.0).toImage()
        assert image.size().width() == 40
        inked = [
            image.pixelColor(x, y)
            for x in range(40)
            for y in range(40)
            if image.pixelColor(x, y).alpha() == 255
        ]
        assert inked, name
        # Where strokes overlap, rounding moves a channel by one.
        assert all(abs(colour.green() - theme.accent.green()) <= 2 for colour in inked), name
        assert all(abs(colour.blue() - theme.accent.blue()) <= 2 for colour in inked), name


def test_an_arrow_turns_round_where_reading_does() -> None:
    theme = Theme()
    plain = icons.pixmap(theme, "arrow-left", mirrored=False).toImage()
    turned = icons.pixmap(theme, "arrow-left", mirrored=True).toImage()
    assert turned != plain
    assert (
        icons.pixmap(theme, "sun", mirrored=True).toImage() == icons.pixmap(theme, "sun").toImage()
    )


def test_an_icon_is_drawn_once() -> None:
    theme = Theme()
    first = icons.pixmap(theme, "sun", "ink")
    assert icons.pixmap(theme, "sun", "ink").cacheKey() == first.cacheKey()
