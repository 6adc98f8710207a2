"""What a figure says: to a screen reader as sentences, to the search as words."""

from __future__ import annotations

from typing import assert_never

from gemba.domain.figures import (
    Countermeasures,
    Figure,
    Fishbone,
    FiveWhys,
    Impact,
    IsIsNot,
    Pair,
    Pareto,
    PhotoFigure,
    Plan,
    Problem,
    Process,
    RunChart,
    Sketch,
    SkillsGrid,
    TableFigure,
    Target,
)
from gemba.domain.figures.chart_words import chart_told, chart_words
from gemba.domain.figures.countermeasure_rules import numbered, option_words
from gemba.domain.figures.countermeasures import LASTS, LEVELS, Option
from gemba.domain.figures.fishbone import Bone, BoneCause
from gemba.domain.figures.fishbone_rules import bone_words, twigs
from gemba.domain.figures.five_whys import EVIDENCE
from gemba.domain.figures.impact import TEXTS as EFFECT_TEXTS
from gemba.domain.figures.impact_rules import impact_told
from gemba.domain.figures.is_is_not import COLUMNS as CONTRAST_COLUMNS
from gemba.domain.figures.is_is_not_rules import contrasts_told
from gemba.domain.figures.pair import Half, doubt_told, moved_told
from gemba.domain.figures.pareto_rules import Ranked, Ranking, rank
from gemba.domain.figures.pareto_words import other_told, undrawn_told
from gemba.domain.figures.photo_marks import SHAPES
from gemba.domain.figures.plan import Action
from gemba.domain.figures.problem import QUESTIONS
from gemba.domain.figures.problem_rules import problem_told
from gemba.domain.figures.process_rules import process_told
from gemba.domain.figures.skills_rules import skills_told
from gemba.domain.figures.table_chart import told_as_chart
from gemba.domain.figures.table_rules import table_told
from gemba.domain.figures.target_rules import target_told
from gemba.domain.figures.target_rules import written as target_words
from gemba.domain.figures.telling import Say, number_text, plain_english, short_date, with_unit
from gemba.domain.figures.why_tree import branches, lettered


def words_of(figure: Figure) -> list[str]:
    """Return every piece of text a person wrote in a figure, for the search."""
    match figure:
        case Countermeasures():
            found = []
            for one in figure.options:
                found += [one.what, one.cause, one.effect]
        case Fishbone():
            found = [figure.effect, *(bone.label for bone in figure.bones)]
            for cause in figure.causes:
                found += [cause.text, cause.source]
        case FiveWhys():
            found = [part for why in figure.whys for part in (why.text, why.source)]
        case Impact():
            found = [getattr(one, name) for one in figure.effects for name in EFFECT_TEXTS]
        case IsIsNot():
            found = [getattr(row, one) for row in figure.rows for one in CONTRAST_COLUMNS]
        case Pair():
            found = [text for _, half in _halves(figure) for text in words_of(half)]
        case Pareto():
            found = [figure.unit, figure.cost_unit]
            for bar in figure.bars:
                found += [bar.label, *(entry.text for entry in bar.unread)]
        case PhotoFigure():
            found = [figure.description, *(mark.text for mark in figure.marks)]
        case Plan():
            found = [part for action in figure.actions for part in _written(action)]
        case Problem():
            found = [figure.statement, *(getattr(figure, name) for name in QUESTIONS)]
        case Process():
            found = [part for item in figure.items for part in (item.what, item.who, item.time)]
            found += [item.stock for item in figure.items]
        case RunChart():
            found = chart_words(figure)
        case Sketch():
            found = [words.text for words in figure.words]
        case SkillsGrid():
            found = [part for one in figure.skills for part in (one.name, one.target)]
            found += [part for one in figure.people for part in (one.name, *one.levels)]
        case TableFigure():
            found = [cell for row in figure.rows for cell in row]
        case Target():
            found = list(target_words(figure))
        case _:
            assert_never(figure)
    return [text for text in (figure.caption, *found) if text.strip()]


def _written(action: Action) -> tuple[str, ...]:
    unread = (entry.text for entry in action.unread)
    return (action.what, action.who, action.where, action.how, *unread)


def described(figure: Figure, say: Say = plain_english) -> str:
    """Return what a figure shows in sentences, for those who do not see it."""
    match figure:
        case Countermeasures():
            told = _countermeasures(figure, say)
        case Fishbone():
            told = _fishbone(figure, say)
        case FiveWhys():
            told = _tree(figure, say)
        case Impact():
            told = impact_told(figure, say)
        case IsIsNot():
            told = contrasts_told(figure, say)
        case Pair():
            told = _pair(figure, say)
        case Pareto():
            told = _pareto(figure, say)
        case PhotoFigure():
            told = [_photo(figure, say)]
        case Plan():
            told = _plan(figure, say)
        case Problem():
            told = problem_told(figure, say)
        case Process():
            told = process_told(figure, say)
        case RunChart():
            told = chart_told(figure, say)
        case Sketch():
            told = _sketch(figure, say)
        case SkillsGrid():
            told = skills_told(figure, say)
        case TableFigure():
            told = [*table_told(figure, say), *told_as_chart(figure, say)]
        case Target():
            told = target_told(figure, say)
        case _:
            assert_never(figure)
    caption = figure.caption.strip()
    if caption and caption[-1] not in ".!?:":
        caption += "."
    return " ".join(part for part in (caption, *told) if part)


def _halves(figure: Pair) -> list[tuple[str, Half]]:
    halves = (("before", figure.before), ("after", figure.after))
    return [(side, half) for side, half in halves if half is not None]


def _pair(figure: Pair, say: Say) -> list[str]:
    told = [say("pair.described")]
    for side, half in _halves(figure):
        told.append(say("pair.side", side=say(f"pair.{side}"), what=described(half, say)))
    if not _halves(figure):
        told = [say("pair.empty")]
    return [*told, *moved_told(figure, say), *doubt_told(figure, say)]


def _photo(figure: PhotoFigure, say: Say) -> str:
    text = figure.description.strip()
    told = (
        say("photo_figure.described", description=text) if text else say("photo_figure.undescribed")
    )
    drawn = [shape for shape in SHAPES if shape != "text"]
    counts = {shape: sum(one.shape == shape for one in figure.marks) for shape in drawn}
    marks = [
        say(f"photo_figure.{shape}_{'one' if n == 1 else 'other'}", count=n)
        for shape, n in counts.items()
        if n
    ]
    said = [one.text.strip() for one in figure.marks if one.shape == "text" and one.text.strip()]
    if said:
        marks.append(say("photo_figure.says", words="; ".join(said)))
    if not marks:
        return told
    if told[-1] not in ".!?:":
        told += "."
    return f"{told} {say('photo_figure.marked', marks=', '.join(marks))}"


def _fishbone(figure: Fishbone, say: Say) -> list[str]:
    if not figure.effect.strip() and not any(cause.text.strip() for cause in figure.causes):
        return [say("fishbone.empty")]
    order = [twig for twig in twigs(figure) if figure.causes[twig.index].text.strip()]
    told = [say("fishbone.described", effect=figure.effect.strip(), count=len(order))]
    for number, bone in enumerate(figure.bones or (Bone(id="", label=""),)):
        causes = [
            _bone_cause(figure.causes[twig.index], say) for twig in order if twig.bone == number
        ]
        if causes:
            name = bone_words(bone.label, say)
            told.append(say("fishbone.bone", bone=name, causes="; ".join(causes)))
    return told


def _bone_cause(cause: BoneCause, say: Say) -> str:
    known = knowledge(cause, say)
    words = " ".join(cause.text.split())
    return f"{words} ({known})" if known else words


def knowledge(cause: BoneCause, say: Say = plain_english) -> str:
    """Say how far a cause is checked and by what; nothing for one that is only open."""
    source = " ".join(cause.source.split())
    evidence = cause.evidence if cause.evidence in EVIDENCE else "guess"
    by = source if evidence == "guess" else say(f"evidence.{evidence}")
    if evidence != "guess" and source:
        by += f", {source}"
    if cause.state not in ("ruled_out", "verified"):
        return by
    state = say(f"fishbone.{cause.state}")
    return f"{state}: {by}" if by else state


def _countermeasures(figure: Countermeasures, say: Say) -> list[str]:
    options = numbered(figure)
    if not options:
        return [say("countermeasures.empty")]
    told = [say("countermeasures.described", count=len(options))]
    for number, option in options:
        line = say("countermeasures.row", number=number, what=option_words(option, say))
        told.append("; ".join([line, *option_facts(option, say)]).rstrip(".") + ".")
    return told


def option_facts(option: Option, say: Say = plain_english) -> list[str]:
    """Return what is said of an option beside its words: cause, prediction, levels, choice."""
    told = []
    if option.cause.strip():
        told.append(say("countermeasures.acts_on", cause=option.cause.strip()))
    if option.effect.strip():
        told.append(say("countermeasures.predicted", effect=option.effect.strip()))
    told += [
        say(f"countermeasures.{name}_level", level=say(f"level.{level}"))
        for name in ("impact", "effort", "risk")
        if (level := getattr(option, name)) in LEVELS
    ]
    if option.lasts in LASTS:
        told.append(say(f"lasts.{option.lasts}"))
    if option.chosen:
        told.append(say("countermeasures.chosen"))
    return told


def bar_words(bar: Ranked, say: Say = plain_english) -> str:
    """Return the name under which a bar is drawn; what was joined says of how many."""
    if not bar.other:
        return bar.label or say("pareto.unnamed")
    name = bar.label or say("pareto.the_rest")
    return say("pareto.joined", name=name, count=bar.joined) if bar.joined > 1 else name


def _pareto(figure: Pareto, say: Say) -> list[str]:
    ranking = rank(figure)
    if not ranking.bars:
        return [say("pareto.empty"), *undrawn_told(figure, say)]
    unit = figure.cost_unit if figure.by == "cost" else figure.unit
    told = [say(f"pareto.described_{'cost' if figure.by == 'cost' else 'count'}")]
    for bar in ranking.bars:
        name = bar_words(bar, say)
        value = with_unit(number_text(bar.value), unit) if bar.counted else "–"
        if figure.compares:
            after = with_unit(number_text(bar.after), unit) if bar.after is not None else "–"
            told.append(say("pareto.bar_after", name=name, value=value, after=after))
        else:
            share = round(100 * bar.cumulative)
            told.append(say("pareto.bar", name=name, value=value, share=share))
    return [*told, *few_told(ranking, say), *other_told(ranking, say), *undrawn_told(figure, say)]


def few_told(ranking: Ranking, say: Say = plain_english) -> list[str]:
    """Say how many bars make most of it; nothing where there is nothing to say."""
    if not ranking.few or len(ranking.bars) < 2:
        return []
    share = round(100 * ranking.bars[ranking.few - 1].cumulative)
    key = "pareto.few" if ranking.telling else "pareto.flat"
    return [say(key, few=ranking.few, count=len(ranking.bars), share=share)]


def _sketch(figure: Sketch, say: Say) -> list[str]:
    if not figure.strokes and not figure.words:
        return [say("sketch.empty")]
    told = [say("sketch.described", strokes=len(figure.strokes))]
    words = ", ".join(words.text for words in figure.words)
    return [*told, say("sketch.words", words=words)] if words else told


def _tree(figure: FiveWhys, say: Say) -> list[str]:
    order = branches(figure)
    if not order:
        return [say("five_whys.empty")]
    letters = lettered(figure)
    causes = sum(branch.depth > 0 for branch in order)
    told = [say("five_whys.described", causes=causes, roots=len(letters))]
    for branch in order:
        why = figure.whys[branch.index]
        if why.ruled_out:
            line = say("five_whys.ruled_out", text=why.text)
        elif branch.index in letters:
            line = say("five_whys.root", letter=letters[branch.index], text=why.text)
        elif branch.depth == 0:
            line = say("five_whys.gap", text=why.text)
        else:
            line = say("five_whys.why", step=branch.depth, text=why.text)
        evidence = say(f"evidence.{why.evidence}")
        if branch.depth and why.source:
            line += " " + say("five_whys.evidence", evidence=evidence, source=why.source)
        elif branch.depth:
            line += " " + say("five_whys.evidence_only", evidence=evidence)
        elif why.source:
            line += f", {why.source}"
        told.append(line.rstrip(".") + ".")
    return told


def _plan(plan: Plan, say: Say) -> list[str]:
    if not plan.actions:
        return [say("plan.empty")]
    told = [say("plan.described", count=len(plan.actions))]
    for action in plan.actions:
        name = action.what
        if action.who:
            name = say("plan.by", what=action.what, who=action.who)
        told.append(
            ": ".join(part for part in (name, "; ".join(action_dates(action, say))) if part) + "."
        )
    return told


def action_dates(action: Action, say: Say) -> list[str]:
    """Return what is known of an action's dates: planned, done or started, review."""
    told = []
    if action.start is not None and action.finish is not None:
        start, finish = short_date(action.start), short_date(action.finish)
        told.append(say("plan.planned", start=start, finish=finish))
    elif action.start is not None:
        told.append(say("plan.planned_from", start=short_date(action.start)))
    elif action.finish is not None:
        told.append(say("plan.planned_by", finish=short_date(action.finish)))
    if action.finished is not None:
        told.append(say("plan.done", on=short_date(action.finished)))
    elif action.started is not None:
        told.append(say("plan.started", on=short_date(action.started)))
    if action.review is not None:
        key = "plan.reviewed" if action.reviewed else "plan.review"
        told.append(say(key, on=short_date(action.review)))
    return told
