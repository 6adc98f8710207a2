"""The rules of comparing countermeasures: what is numbered, what is asked, where each stands."""

from __future__ import annotations

from gemba.domain.figures.countermeasures import LEVELS, Countermeasures, Option
from gemba.domain.figures.telling import Finding, Say, plain_english


def has_words(option: Option) -> bool:
    """Tell whether an option says anything at all."""
    return option.nothing or any(one.strip() for one in (option.what, option.cause, option.effect))


def numbered(figure: Countermeasures) -> tuple[tuple[int, Option], ...]:
    """Return the options that say something, each with its number, from 1."""
    said = [option for option in figure.options if has_words(option)]
    return tuple(enumerate(said, 1))


def option_words(option: Option, say: Say = plain_english) -> str:
    """Return what an option is called; doing nothing has a name of its own."""
    what = " ".join(option.what.split())
    return what or (say("countermeasures.nothing") if option.nothing else "")


def spot(option: Option) -> tuple[int, int] | None:
    """Return where an option stands on the grid: effort from the left and impact from below,
    each 0 to 2; None while one of them is not said."""
    if option.effort not in LEVELS or option.impact not in LEVELS:
        return None
    return LEVELS.index(option.effort), LEVELS.index(option.impact)


def countermeasure_findings(figure: Countermeasures) -> tuple[Finding, ...]:
    """Ask about options without a cause or prediction, and causes with a single option.

    ``where`` is the id of the option. What its words ask for stands in resources/wording.
    """
    options = [option for _, option in numbered(figure)]
    by_cause: dict[str, int] = {}
    for option in options:
        key = _cause(option)
        by_cause[key] = by_cause.get(key, 0) + (not option.nothing)
    found: list[Finding] = []
    for option in options:
        values = {"what": option_words(option)}
        if option.nothing:
            if not option.effect.strip():
                found.append(Finding("countermeasures.ask_nothing", option.id, values))
            continue
        if not _cause(option):
            found.append(Finding("countermeasures.ask_cause", option.id, values))
        elif option.chosen and by_cause[_cause(option)] == 1:
            values["cause"] = " ".join(option.cause.split())
            found.append(Finding("countermeasures.ask_other", option.id, values))
        if option.chosen and not option.effect.strip():
            found.append(Finding("countermeasures.ask_effect", option.id, values))
    return tuple(found)


def _cause(option: Option) -> str:
    return " ".join(option.cause.split()).casefold()
