"""Words of a form as they may be shown: the Markdown and HTML that XLSForm allows, made harmless.

Labels may hold a little Markdown and HTML (XLSForm, "Styling prompts"). One reader turns them into
plain runs that are bold, italic or neither; window and paper draw those and nothing else, so that
no tag, address or script of a label ever reaches either.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Final

LONGEST: Final = 8_000
"""Characters of one label that are looked through for marks; what follows is shown as it is."""

_TAGS: Final = (
    "a|abbr|b|big|blockquote|body|br|center|code|del|div|em|embed|font|form|h[1-6]|head|hr|html|i"
    "|iframe|img|input|ins|li|link|mark|meta|object|ol|output|p|pre|q|s|script|small|span|strike"
    "|strong|style|sub|sup|svg|table|tbody|td|th|thead|title|tr|tt|u|ul|video|audio"
)
_TAG: Final = re.compile(rf"<(/?)({_TAGS})\b((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>", re.IGNORECASE)
_DROPPED: Final = re.compile(
    r"<(script|style|iframe|object|svg)\b[^>]*>.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL
)
_COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_LINES: Final = frozenset({"br", "p", "div", "li", "tr", "hr", "h1", "h2", "h3", "h4", "h5", "h6"})
_BOLD: Final = frozenset({"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"})
_ITALIC: Final = frozenset({"i", "em"})
_LINK: Final = re.compile(r"!?\[([^\[\]\n]*)\]\(([^()\s]*)(?:\s+\"[^\"\n]*\")?\)")
_HEAD: Final = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)
_MARK: Final = re.compile(
    r"\\([\\`*_{}\[\]()#+\-.!<>&])"
    r"|(\*\*|__)(?=\S)(.{1,1000}?)(?<=\S)\2"
    r"|(?<![\w*])(\*)(?=[^\s*])([^*\n]{1,1000}?)(?<=[^\s*])\4(?![\w*])"
    r"|(?<![\w_])(_)(?=[^\s_])([^_\n]{1,1000}?)(?<=[^\s_])\6(?![\w_])",
    re.DOTALL,
)
# Stand for bold and italic while tags are read; they are no characters that a text may hold.
_ON_B, _OFF_B, _ON_I, _OFF_I = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
_SIGNS: Final = re.compile("[\ufdd0-\ufdd3]")
_HIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one face."""

    text: str
    bold: bool = False
    italic: bool = False


def runs_of(label: str) -> tuple[Run, ...]:
    """Return the runs of a label; line ends in them are line ends."""
    head, rest = label[:LONGEST], label[LONGEST:]
    text = _SIGNS.sub("", head.replace("\r\n", "\n").replace("\r", "\n"))
    text = _COMMENT.sub("", _DROPPED.sub("", text))
    text = _LINK.sub(lambda match: match[1] or match[2], text)
    text = _HEAD.sub(lambda match: f"{_ON_B}{match[1]}{_OFF_B}", text)
    text = _marked(text)
    text = _TAG.sub(_sign, text)
    text = _HIDDEN.sub("", html.unescape(text))
    runs = list(_read(text.strip()))
    if rest:
        runs.append(Run(_HIDDEN.sub("", rest)))
    return tuple(runs)


def plain_words(label: str) -> str:
    """Return a label without any marks, as assistive technology and files read it."""
    return "".join(run.text for run in runs_of(label))


def _marked(text: str, depth: int = 0) -> str:
    """Put signs for Markdown's marks; inside tags nothing is a mark."""

    def change(match: re.Match[str]) -> str:
        if match[1]:
            return html.escape(match[1])
        if match[2]:
            return f"{_ON_B}{inner(match[3])}{_OFF_B}"
        return f"{_ON_I}{inner(match[5] or match[7])}{_OFF_I}"

    def inner(part: str) -> str:
        return _marked(part, depth + 1) if depth < 4 else part

    parts: list[str] = []
    end = 0
    for tag in _TAG.finditer(text):
        parts += [_MARK.sub(change, text[end : tag.start()]), tag[0]]
        end = tag.end()
    parts.append(_MARK.sub(change, text[end:]))
    return "".join(parts)


def _sign(match: re.Match[str]) -> str:
    name, closes = match[2].casefold(), bool(match[1])
    if name in _BOLD:
        sign = _OFF_B if closes else _ON_B
    elif name in _ITALIC:
        sign = _OFF_I if closes else _ON_I
    else:
        sign = ""
    breaks = "\n" if name in _LINES and (name in ("br", "hr") or closes) else ""
    return sign + breaks


def _read(text: str) -> list[Run]:
    found: list[Run] = []
    bold = italic = 0
    at = 0
    for match in (*_SIGNS.finditer(text), None):
        end = match.start() if match is not None else len(text)
        if end > at:
            found.append(Run(text[at:end], bold > 0, italic > 0))
        if match is None:
            break
        at = match.end()
        sign = match[0]
        bold = max(0, bold + (sign == _ON_B) - (sign == _OFF_B))
        italic = max(0, italic + (sign == _ON_I) - (sign == _OFF_I))
    return found
