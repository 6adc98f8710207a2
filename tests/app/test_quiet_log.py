"""The log says where something failed, and never quotes what was typed."""

from __future__ import annotations

import logging

from gemba.app.quiet_log import WithoutWords


def test_an_error_is_logged_without_its_words() -> None:
    try:
        int("what nobody may read")
    except ValueError as error:
        trouble = (type(error), error, error.__traceback__)
    record = logging.LogRecord("gemba", logging.ERROR, "", 0, "it failed", None, trouble)
    told = WithoutWords("%(levelname)s %(name)s: %(message)s").format(record)
    assert told.startswith("ERROR gemba: it failed\n")
    assert "ValueError" in told
    assert "test_quiet_log.py" in told
    assert "nobody may read" not in told


def test_what_another_handler_wrote_of_it_is_not_taken_over() -> None:
    try:
        int("what nobody may read")
    except ValueError as error:
        trouble = (type(error), error, error.__traceback__)
    record = logging.LogRecord("gemba", logging.ERROR, "", 0, "it failed", None, trouble)
    assert "nobody may read" in logging.Formatter().format(record)
    assert "nobody may read" not in WithoutWords("%(message)s").format(record)
