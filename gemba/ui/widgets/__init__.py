"""Every control of the window, each once. Pages put them together and never style them.

Each takes the `Theme` first, then its words; the rest by name, `parent` last. All have their
accessible name from their words (give `name=` where there are none) and work by keys.

Words
  Label(theme, words, step="text", tone="ink", wrap=True)     steps: small small_strong text italic
      strong large title question; tones: any token. setText, set_tone. Always plain text.
Buttons
  Button(theme, words, kind="secondary"|"primary"|"quiet", icon="", big=False, hint="", stop=False,
      checkable=False)     clicked, toggled; set_menu(QMenu); text() is exactly the words
  IconButton(theme, icon, words, shortcut="", checkable=False)     clicked; words are the tooltip
  Chip(theme, words, kind="chip"|"plain"|"good"|"watch"|"stop"|"link", icon="")   link: clicked
Fields: signals edited, left (focus gone), entered (Enter); say(sentence) puts one below, say("")
takes it away; set_label, set_read_only; a `question` is the placeholder
  rule() makes any of them a line to write on; sentence.Sentence puts such lines between words
  Field(theme, label, question="", icon="", big=False)     set_text, text, changed
  TextField(theme, label, question="", lines=1, most=12, big=False, enter_keeps=False)
      set_text, text (exact), changed; pasted(QMimeData) for pictures and files
  NameField(theme, label, question="", big=False)     set_names([(UUID, name)]),
      set_value(id, name), value() -> (UUID | None, name); chosen(id, name), added(name)
  DateField(theme, label, question="", today=date.today)   set_value, value; changed(date | None)
  TimeField(theme, label, question="")     set_value, value; changed(time | None)
Choices
  CheckBox(theme, words, checked=False)    toggled, clicked; isChecked, setChecked
  Radio(theme, words, checked=False)       the same; one of those with the same parent
  Segmented(theme, [(key, words)], value="", name="")     chosen(key); value, set_value
Lists
  RowWords(strong, small="", age="", icon="", lead="", marks=((icon, word),), bold=True, key=None)
  RowAction(words, icon, run)              run(key); on hover, with the focus and by the menu key
  RowList(theme, name="", big=False, ground=True)     set_rows(rows, actions), add(words, actions),
      rows(), clear(), choose(key); opened(key)
  Row(theme, words, actions=(), big=False, ground=True)     opened(key)
  RecordListView(theme, name="", two_lines=True, actions=())    for thousands:
      set_source(count, fetch(offset, number) -> rows), set_rows(rows); opened(key)
Said beside its cause
  Notice(theme, sentence, action="", kind="watch"|"stop"|"good"|"plain")     say; acted
  EmptyState(theme, sentence, action="", icon="", kind="secondary")     acted
  SaveState(theme)     saved(), saving(), trouble(why)
Photos
  PhotoStrip(theme, add_words="", big=False)     set_photos([(key, path, words)]), paste(),
      take(QMimeData); files_added(list), picture_added(QImage), opened(key), removed(key)
Putting a page together
  ScrollPage(theme, margins=True)    add(widget), space(px), section(words), finish(); .body layout
  PageHead(theme, title)     set_title(title, beside=""), add_action(widget)
  Column(theme, width=680, gap=8)     add(widget), space(px); .body layout
  FlowLayout(parent=None, gap=8)     a QLayout whose widgets go on in the next line
  DrawerHost(theme, page, title)     .drawer.body layout; open_drawer, close_drawer, toggle;
      opened(bool)
  page_margin(theme, window_width)
  FocusRing(app, theme)     once for the application; draws the ring of whatever has the focus
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gemba.ui.widgets.base import Control, Ring, Ringed
    from gemba.ui.widgets.button import Button, IconButton
    from gemba.ui.widgets.check import CheckBox, Radio, Segmented
    from gemba.ui.widgets.chip import Chip
    from gemba.ui.widgets.day_field import DateField, TimeField
    from gemba.ui.widgets.drawer import Drawer, DrawerHost
    from gemba.ui.widgets.field import Field
    from gemba.ui.widgets.label import READING_WIDTH, Label
    from gemba.ui.widgets.layout import Column, FlowLayout, PageHead, ScrollPage, page_margin
    from gemba.ui.widgets.name_field import NameField
    from gemba.ui.widgets.notice import EmptyState, Notice
    from gemba.ui.widgets.photos import PhotoStrip, Thumbnail
    from gemba.ui.widgets.record_list import RecordListView
    from gemba.ui.widgets.ring import FocusRing
    from gemba.ui.widgets.row_paint import RowAction, RowWords
    from gemba.ui.widgets.rows import Row, RowList
    from gemba.ui.widgets.save_state import SaveState
    from gemba.ui.widgets.text import PlainEdit, TextField

_MODULES = {
    "base": (
        "Control",
        "Ring",
        "Ringed",
    ),
    "button": (
        "Button",
        "IconButton",
    ),
    "check": (
        "CheckBox",
        "Radio",
        "Segmented",
    ),
    "chip": ("Chip",),
    "day_field": (
        "DateField",
        "TimeField",
    ),
    "drawer": (
        "Drawer",
        "DrawerHost",
    ),
    "field": ("Field",),
    "label": (
        "READING_WIDTH",
        "Label",
    ),
    "layout": (
        "Column",
        "FlowLayout",
        "PageHead",
        "ScrollPage",
        "page_margin",
    ),
    "name_field": ("NameField",),
    "notice": (
        "EmptyState",
        "Notice",
    ),
    "photos": (
        "PhotoStrip",
        "Thumbnail",
    ),
    "record_list": ("RecordListView",),
    "ring": ("FocusRing",),
    "row_paint": (
        "RowAction",
        "RowWords",
    ),
    "rows": (
        "Row",
        "RowList",
    ),
    "save_state": ("SaveState",),
    "text": (
        "PlainEdit",
        "TextField",
    ),
}
_WHERE = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> object:
    # Each control is loaded when it is first asked for, so that a page costs only what it shows.
    module = _WHERE.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{module}"), name)


__all__ = [
    "READING_WIDTH",
    "Button",
    "CheckBox",
    "Chip",
    "Column",
    "Control",
    "DateField",
    "Drawer",
    "DrawerHost",
    "EmptyState",
    "Field",
    "FlowLayout",
    "FocusRing",
    "IconButton",
    "Label",
    "NameField",
    "Notice",
    "PageHead",
    "PhotoStrip",
    "PlainEdit",
    "Radio",
    "RecordListView",
    "Ring",
    "Ringed",
    "Row",
    "RowAction",
    "RowList",
    "RowWords",
    "SaveState",
    "ScrollPage",
    "Segmented",
    "TextField",
    "Thumbnail",
    "TimeField",
    "page_margin",
]
