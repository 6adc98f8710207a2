"""Paragraphs of every sort a box may hold, the same ones each time."""

from __future__ import annotations

import random

_WORDS = (
    "ward bed porter letter medicines round registrar nurse waiting 12:00 19 % 4 h 22 fit lounge "
    "transport night-list bay 4 follow-up ‘named’ “late” standard and of the to a in by with who "
    "Żółć naïve Ελληνικά Кириллица Việt fi ffl office AV To Te Wa LT 1,204 → ✓ – — and/or"
).split(" ")
_ODD = (
    "",
    " ",
    "   three blanks in front",
    "blanks at the end   ",
    "two  blanks   and    four  between words, again and again,  until  the  line  has to  break",
    "no\u00a0break\u00a0space\u00a0holds\u00a0these\u00a0words\u00a0together\u00a0however\u00a0long",
    "x" * 400,
    "see https://example.org/" + "path/" * 40,
    "Donaudampfschifffahrtsgesellschaftskapitän " * 9,
    "日本語の文章は単語の間に空白がないので、どこでも改行できます。" * 5,
    "混合 text with 漢字 inside and かな after it, 한국어 too, many times over " * 3,
    "emoji 😀 and 👩‍⚕️ and 🏥 are told by their code points, which takes more room " * 3,
    "שלום עולם, this line turns round and back again " * 4,
    "سلام دنیا and then Latin letters, and العربية again " * 4,
    "tab\tbetween\twords\tand\tno\tblank " * 6,
    "control \x01 letters \x1f and \x7f in between " * 4,
    "e\u0301 combining a\u0308 marks o\u0302 over u\u0308 letters " * 8,
    "a-b-c-d-e-f-g-h " * 30,
    "# of defects > 30 min; 1986. a year, not a list",
    "<b>not bold</b> & <img src=x> neither",
)


def paragraphs(count: int = 240) -> list[str]:
    """Return so many paragraphs in the little text language."""
    dice = random.Random(7)
    found = [f"- {odd}" if odd and n % 2 else odd for n, odd in enumerate(_ODD)]
    while len(found) < count:
        words = [dice.choice(_WORDS) for _ in range(dice.randrange(3, 70))]
        if dice.random() < 0.4:
            at = dice.randrange(len(words))
            mark = dice.choice(("**", "*"))
            words[at] = f"{mark}{words[at]} {dice.choice(_WORDS)}{mark}"
        found.append(("- " if dice.random() < 0.2 else "") + " ".join(words))
    return found
