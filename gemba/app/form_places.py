"""The pages of forms, and what each is handed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from gemba.ui.commands import Command

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from gemba.app.parts import SessionParts


def _shelf(session: SessionParts) -> QWidget:
    from gemba.ui.pages.form_shelf import FormShelfPage

    work = session.workspace
    return FormShelfPage(
        session.theme,
        forms=work.forms,
        drafts=work.drafts,
        bulletin=work.bulletin,
        tasks=session.app.tasks,
        words=session.words,
        go=session.go,
        today=work.recorder.today,
    )


def _form(session: SessionParts) -> QWidget:
    from gemba.services.exports import write_file
    from gemba.ui.pages.form_page import FormPage

    work = session.workspace
    return FormPage(
        session.theme,
        forms=work.forms,
        people=work.people,
        out=work.form_out,
        tasks=session.app.tasks,
        write=write_file,
        bulletin=work.bulletin,
        words=session.words,
        go=session.go,
        today=work.recorder.today,
    )


def _fill(session: SessionParts) -> QWidget:
    from gemba.ui.pages.fill import FillPage

    work = session.workspace
    return FillPage(
        session.theme,
        forms=work.forms,
        walks=work.walks,
        people=work.people,
        drafts=work.drafts,
        bulletin=work.bulletin,
        tasks=session.app.tasks,
        go=session.go,
        today=work.recorder.today,
    )


def _paper(session: SessionParts) -> QWidget:
    from gemba.services.exports import write_file
    from gemba.ui.pages.form_print import FormPrintPage

    work = session.workspace
    return FormPrintPage(
        session.theme,
        forms=work.forms,
        out=work.form_out,
        tasks=session.app.tasks,
        write=write_file,
        go=session.go,
    )


def _build(session: SessionParts) -> QWidget:
    from gemba.ui.pages.build_form import BuildFormPage

    work = session.workspace
    return BuildFormPage(
        session.theme,
        forms=work.forms,
        walks=work.walks,
        drafts=work.drafts,
        tasks=session.app.tasks,
        words=session.words,
        go=session.go,
        today=work.recorder.today,
    )


def add_commands(session: SessionParts) -> None:
    """Add what makes a form of one's own."""
    session.commands.add(
        Command(
            "build_form",
            session.words("command.build_form"),
            lambda: session.go.to("build form", new=True),
            "",
            "pencil-ruler",
        )
    )


MAKERS: dict[str, Callable[[SessionParts], QWidget]] = {
    "forms": _shelf,
    "form": _form,
    "fill": _fill,
    "form paper": _paper,
    "build form": _build,
}
PAGES = dict.fromkeys(MAKERS, "walks")
