"""All worksheets and question sets there are: the bundled ones and the user's own."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from gemba.domain.errors import GembaError, NotFound, Refused

if TYPE_CHECKING:
    from gemba.domain.definition import SheetDefinition
    from gemba.domain.definition_checks import DefinitionError
    from gemba.domain.form_type import FormType
    from gemba.domain.question_rules import QuestionRules
    from gemba.domain.question_set import QuestionSet
    from gemba.domain.rubric import Rubric
    from gemba.domain.vocabulary import CardSet, Vocabulary
    from gemba.domain.wording import WordingRules

_NOTE = """A sheet type of your own. Gemba reads it when it opens.
Heights are millimetres: with the gaps between boxes each column fills the page exactly.
Sheets remember the version they were begun on: raise it when you change or take away a box,
and keep the file of the version before beside it."""

_QUESTIONS_NOTE = """Questions of your own. Gemba reads them when it opens.
A talk keeps the words it was asked with, so that what you change here changes no talk of before."""

D = TypeVar("D", "SheetDefinition", "QuestionSet", "CardSet", "FormType", "Vocabulary", "Rubric")


class Catalog:
    """Reads definitions when they are first asked for, and keeps them.

    ``bundled`` and ``own`` are folders that hold ``sheets`` and ``questions``. A user's file that
    breaks the rules is told in ``problems`` and left out; the others still open. A user's file
    with the id and version of a bundled one takes its place; the second of two such files of the
    user's own is a problem.
    """

    def __init__(self, bundled: Path, own: Path | None = None) -> None:
        self._bundled = bundled
        self._own = own
        self._kept: dict[str, dict[tuple[str, int], Any]] = {}
        self._problems: dict[str, list[DefinitionError]] = {}

    @property
    def problems(self) -> list[DefinitionError]:
        """What is wrong with the user's own files; reads them all if there are any."""
        if self._own is not None and self._own.is_dir():
            self._all_sheets()
            self._all_questions()
            self._all_words()
            self._all_cards()
            self._all_forms()
        return [one for folder in self._problems.values() for one in folder]

    def sheet(self, id: str, version: int | None = None) -> SheetDefinition:
        """Return a worksheet, the newest version unless told otherwise; raises NotFound."""
        return _pick(self._all_sheets(), id, version, "worksheet")

    def keep(self, sheet: SheetDefinition) -> Path:
        """Write a worksheet of the user's own and offer it from now on; return its file.

        Raises Refused where there is no folder for one's own or the file is there already, and
        GembaError when the disk does not take it.
        """
        from gemba.definitions.write import sheet_text

        known = self._all_sheets()
        path = self._own_file("sheets", sheet.id)
        if path.exists():
            raise Refused("sheet_type.same_file", file=path.name)
        _write(path, sheet_text(sheet, _NOTE))
        known[sheet.id, sheet.version] = sheet
        return path

    def keep_questions(self, questions: QuestionSet) -> Path:
        """Write a question set of the user's own, in place of one with its id; return its file.

        Raises Refused where there is no folder for one's own, GembaError when the disk does not
        take it.
        """
        from gemba.definitions.write import question_text

        known = self._all_questions()
        path = self._own_file("questions", questions.id)
        _write(path, question_text(questions, _QUESTIONS_NOTE))
        # An earlier state that was brought back stands in the place of the versions after it.
        for key in [key for key in known if key[0] == questions.id and key[1] > questions.version]:
            del known[key]
        known[questions.id, questions.version] = questions
        return path

    def _own_file(self, folder: str, id: str) -> Path:
        if self._own is None:
            raise Refused("sheet_type.no_folder")
        return self._own / folder / f"{id}.toml"

    def own_questions(self, id: str) -> Path | None:
        """Return the file of a question set of the user's own, None where there is none."""
        path = self._own / "questions" / f"{id}.toml" if self._own is not None else None
        return path if path is not None and path.is_file() else None

    def has_bundled_questions(self, id: str) -> bool:
        """Tell whether a question set with this id is bundled."""
        return (self._bundled / "questions" / f"{id}.toml").is_file()

    def drop_questions(self, id: str) -> None:
        """Delete a question set of the user's own; a bundled one of that id is there again."""
        path = self.own_questions(id)
        if path is None:
            return
        try:
            path.unlink()
        except OSError as error:
            reason = error.strerror or str(error)
            raise GembaError("file.cannot_write", file=str(path), reason=reason) from error
        self._kept.pop("questions", None)

    def question_set(self, id: str, version: int | None = None) -> QuestionSet:
        """Return a question set, the newest version unless told otherwise; raises NotFound."""
        return _pick(self._all_questions(), id, version, "question set")

    def wording(self, language: str = "en") -> WordingRules:
        """Return what is asked about sentences of a language; nothing where it has no file."""
        from gemba.domain.wording import WordingRules

        path = self._bundled / "wording" / f"{language}.toml"
        return _wording(path) if path.is_file() else WordingRules(language, ())

    def question_rules(self, language: str = "en") -> QuestionRules:
        """Return what tells the questions of a language apart; nothing where it has no file."""
        from gemba.domain.question_rules import QuestionRules

        path = self._bundled / "wording" / "questions" / f"{language}.toml"
        return _question_rules(path) if path.is_file() else QuestionRules(language)

    def rubric(self, id: str = "a3") -> Rubric:
        """Return what a reviewer looks for on a sheet; raises NotFound."""
        from gemba.definitions.read import read_rubric

        known = _bundled(self._bundled / "rubrics", read_rubric)
        return _pick(known, id, None, "rubric")

    def vocabularies(self) -> list[Vocabulary]:
        """Return the words of each workplace, in the order they are offered."""
        return sorted(self._all_words().values(), key=lambda one: (one.order, one.label))

    def vocabulary(self, id: str) -> Vocabulary:
        """Return the words of a workplace, the usual ones for one that is not there."""
        from gemba.domain.vocabulary import USUAL

        known = self._all_words()
        return known.get(id) or known[USUAL]

    def card_sets(self) -> list[CardSet]:
        """Return the newest version of each set of cards, by label."""
        return sorted(_newest(self._all_cards()), key=lambda one: one.label)

    def forms(self) -> list[FormType]:
        """Return the newest version of each form, in the order they are offered."""
        return sorted(_newest(self._all_forms()), key=lambda one: (one.order, one.label))

    def form(self, id: str) -> FormType:
        """Return the newest version of a form; raises NotFound."""
        return _pick(self._all_forms(), id, None, "form")

    def sheets(self) -> list[SheetDefinition]:
        """Return the newest version of every worksheet, in the order they are offered."""
        return sorted(_newest(self._all_sheets()), key=lambda one: (one.order, one.label))

    def question_sets(self, kind: str | None = None) -> list[QuestionSet]:
        """Return the newest version of every question set, or of those of a kind, by label."""
        found = [one for one in _newest(self._all_questions()) if kind in (None, one.kind)]
        return sorted(found, key=lambda one: one.label)

    def _all_sheets(self) -> dict[tuple[str, int], SheetDefinition]:
        from gemba.definitions.read import read_sheet

        return self._all("sheets", read_sheet)

    def _all_questions(self) -> dict[tuple[str, int], QuestionSet]:
        from gemba.definitions.read import read_question_set

        return self._all("questions", read_question_set)

    def _all_words(self) -> dict[str, Vocabulary]:
        from gemba.definitions.read import read_vocabulary

        return {one.id: one for one in self._all("vocabulary", read_vocabulary).values()}

    def _all_cards(self) -> dict[tuple[str, int], CardSet]:
        from gemba.definitions.read import read_card_set

        return self._all("cards", read_card_set)

    def _all_forms(self) -> dict[tuple[str, int], FormType]:
        from gemba.definitions.read import read_form

        return self._all("forms", read_form)

    def _all(self, folder: str, read: Callable[[Path], D]) -> dict[tuple[str, int], D]:
        if folder not in self._kept:
            found = dict(_bundled(self._bundled / folder, read))
            if self._own is not None:
                problems: list[DefinitionError] = []
                found.update(_folder(self._own / folder, read, problems))
                self._problems[folder] = problems
            self._kept[folder] = found
        return self._kept[folder]


@cache
def _read_once(folder: Path, read: Callable[[Path], Any]) -> dict[tuple[str, int], Any]:
    return _folder(folder, read, None)


def _bundled(folder: Path, read: Callable[[Path], D]) -> Mapping[tuple[str, int], D]:
    """Read a folder that comes with the app and stays as it is, once for all data folders."""
    return _read_once(folder, read)


@cache
def _wording(path: Path) -> WordingRules:
    from gemba.definitions.read import read_wording

    return read_wording(path)


@cache
def _question_rules(path: Path) -> QuestionRules:
    from gemba.definitions.read import read_question_rules

    return read_question_rules(path)


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all; raises GembaError when the disk does not take it."""
    beside = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("w", encoding="utf-8", newline="") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink()
        reason = error.strerror or str(error)
        raise GembaError("file.cannot_write", file=str(path), reason=reason) from error


def _folder(
    folder: Path, read: Callable[[Path], D], problems: list[DefinitionError] | None
) -> dict[tuple[str, int], D]:
    """Read every file of a folder; without a list for problems the first one is raised."""
    from gemba.definitions.line_of import line_of
    from gemba.domain.definition_checks import DefinitionError

    found: dict[tuple[str, int], D] = {}
    names: dict[tuple[str, int], str] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            one = read(path)
            # The words of a workplace have no version: nothing keeps which it was written with.
            key = (one.id, getattr(one, "version", 1))
            if key in found:
                raise DefinitionError(
                    "definition.same_id",
                    where="id",
                    file=path.name,
                    line=str(line_of(path.read_text("utf-8-sig"), "id")),
                    value=one.id,
                    version=key[1],
                    other=names[key],
                )
        except DefinitionError as error:
            if problems is None:
                raise
            problems.append(error)
        else:
            found[key] = one
            names[key] = path.name
    return found


def _pick(found: Mapping[tuple[str, int], D], id: str, version: int | None, kind: str) -> D:
    if version is None:
        versions = [known for name, known in found if name == id]
        version = max(versions, default=0)
    try:
        return found[id, version]
    except KeyError:
        raise NotFound("definition.unknown", kind=kind, id=id, version=version) from None


def _newest(found: Mapping[tuple[str, int], D]) -> list[D]:
    newest: dict[str, D] = {}
    for (name, _version), one in sorted(found.items()):
        newest[name] = one
    return list(newest.values())
