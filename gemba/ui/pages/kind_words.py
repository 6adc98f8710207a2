"""How the window names kinds of records and their fields, in plain words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from gemba.domain.changes import Ref
from gemba.domain.kinds import Record
from gemba.domain.record_titles import title_of
from gemba.domain.titles import first_words


def kind_word(kind: str) -> str:
    """Name a kind of record, such as "Walk"."""
    tr = QCoreApplication.translate
    return {
        "walk": tr("Kinds", "Walk"),
        "observation": tr("Kinds", "Seen"),
        "promise": tr("Kinds", "Promise"),
        "sheet": tr("Kinds", "A3"),
        "margin_note": tr("Kinds", "Note in the margin"),
        "talk": tr("Kinds", "Talk"),
        "storyboard": tr("Kinds", "Storyboard"),
        "experiment": tr("Kinds", "Experiment"),
        "person": tr("Kinds", "Person"),
        "area": tr("Kinds", "Place"),
        "route": tr("Kinds", "Route"),
        "routine": tr("Kinds", "Routine"),
        "keeping": tr("Kinds", "Day of a routine"),
        "draw": tr("Kinds", "Draw"),
        "recognition": tr("Kinds", "Thank-you"),
        "reflection": tr("Kinds", "Weekly reflection"),
        "question_script": tr("Kinds", "Set of questions"),
        "session": tr("Kinds", "Conversation"),
        "lesson": tr("Kinds", "Lesson"),
        "skill": tr("Kinds", "Skill"),
        "goal": tr("Kinds", "Goal"),
        "evidence": tr("Kinds", "Evidence"),
        "mentor_pair": tr("Kinds", "Mentor"),
        "asked_question": tr("Kinds", "Question asked"),
        "after_talk": tr("Kinds", "After a talk"),
        "second_coach": tr("Kinds", "Second coach"),
        "practice_level": tr("Kinds", "Practice level"),
        "form": tr("Kinds", "Form"),
        "form_version": tr("Kinds", "Version of a form"),
        "filling": tr("Kinds", "Filled-in form"),
        "link": tr("Kinds", "Link"),
    }.get(kind, kind)


def counted(kind: str, count: int) -> str:
    """Count records of a kind, such as "4 observations"."""
    tr = QCoreApplication.translate
    one, many = {
        "observation": (tr("Kinds", "1 observation"), tr("Kinds", "{n} observations")),
        "margin_note": (
            tr("Kinds", "1 note in the margin"),
            tr("Kinds", "{n} notes in the margin"),
        ),
        "talk": (tr("Kinds", "1 talk"), tr("Kinds", "{n} talks")),
        "walk": (tr("Kinds", "1 walk"), tr("Kinds", "{n} walks")),
        "promise": (tr("Kinds", "1 promise"), tr("Kinds", "{n} promises")),
        "sheet": (tr("Kinds", "1 A3"), tr("Kinds", "{n} A3s")),
        "storyboard": (tr("Kinds", "1 storyboard"), tr("Kinds", "{n} storyboards")),
        "person": (tr("Kinds", "1 person"), tr("Kinds", "{n} people")),
        "area": (tr("Kinds", "1 place"), tr("Kinds", "{n} places")),
        "route": (tr("Kinds", "1 route"), tr("Kinds", "{n} routes")),
        "routine": (tr("Kinds", "1 routine"), tr("Kinds", "{n} routines")),
        "keeping": (tr("Kinds", "1 day of a routine"), tr("Kinds", "{n} days of routines")),
        "draw": (tr("Kinds", "1 draw"), tr("Kinds", "{n} draws")),
        "recognition": (tr("Kinds", "1 thank-you"), tr("Kinds", "{n} thank-yous")),
        "reflection": (
            tr("Kinds", "1 weekly reflection"),
            tr("Kinds", "{n} weekly reflections"),
        ),
        "session": (tr("Kinds", "1 conversation"), tr("Kinds", "{n} conversations")),
        "lesson": (tr("Kinds", "1 lesson"), tr("Kinds", "{n} lessons")),
        "skill": (tr("Kinds", "1 skill"), tr("Kinds", "{n} skills")),
        "goal": (tr("Kinds", "1 goal"), tr("Kinds", "{n} goals")),
        "evidence": (tr("Kinds", "1 piece of evidence"), tr("Kinds", "{n} pieces of evidence")),
        "mentor_pair": (tr("Kinds", "1 mentor"), tr("Kinds", "{n} mentors")),
        "asked_question": (tr("Kinds", "1 question asked"), tr("Kinds", "{n} questions asked")),
        "after_talk": (tr("Kinds", "1 look back at a talk"), tr("Kinds", "{n} looks back")),
        "second_coach": (
            tr("Kinds", "1 visit of a second coach"),
            tr("Kinds", "{n} visits of a second coach"),
        ),
        "practice_level": (tr("Kinds", "1 practice level"), tr("Kinds", "{n} practice levels")),
        "form": (tr("Kinds", "1 form"), tr("Kinds", "{n} forms")),
        "form_version": (
            tr("Kinds", "1 version of a form"),
            tr("Kinds", "{n} versions of forms"),
        ),
        "filling": (tr("Kinds", "1 filled-in form"), tr("Kinds", "{n} filled-in forms")),
        "link": (tr("Kinds", "1 link"), tr("Kinds", "{n} links")),
        "experiment": (tr("Kinds", "1 experiment"), tr("Kinds", "{n} experiments")),
    }.get(kind, (tr("Kinds", "1 record"), tr("Kinds", "{n} records")))
    return one if count == 1 else many.format(n=count)


def with_words(parts: list[Ref]) -> str:
    """Say what goes with a record: "with 4 observations and 1 talk"; nothing for nothing."""
    kinds: dict[str, int] = {}
    for ref in parts:
        kinds[ref.kind] = kinds.get(ref.kind, 0) + 1
    words = [counted(kind, count) for kind, count in kinds.items()]
    if not words:
        return ""
    tr = QCoreApplication.translate
    if len(words) == 1:
        return tr("Kinds", "with {one}").format(one=words[0])
    return tr("Kinds", "with {some} and {last}").format(some=", ".join(words[:-1]), last=words[-1])


def known_by(record: Record) -> str:
    """Return the first words of a record, and something to call it by where it has none."""
    tr = QCoreApplication.translate
    return first_words(title_of(record), 80) or tr("Kinds", "Nothing written yet")


_FIELDS = {
    "purpose": "Purpose",
    "expect": "What you expect to see",
    "company": "Who comes along",
    "theme": "Theme",
    "stops": "Stops",
    "questions": "Questions",
    "debrief": "Debrief",
    "against_expected": "Expected against seen",
    "pattern": "Pattern",
    "learn_next": "One thing to learn",
    "thank_you": "Thank-you",
    "learned": "What was learned",
    "saw": "I saw",
    "think": "I think",
    "their_words": "Their words",
    "in_the_way": "In the way",
    "might_try": "Might try",
    "category": "Category",
    "standard": "Standard",
    "photos": "Photos",
    "thanked": "Thanked",
    "safety": "Safety",
    "text": "Words",
    "raised_by": "Raised by",
    "resolver": "Who works on it",
    "note": "What has happened since",
    "due_on": "An answer by",
    "told_back": "Told back",
    "title": "Title",
    "scratch": "Scratch strip",
    "last_there": "When you were last there",
    "should_be": "What should be",
    "is_now": "What is",
    "checks": "Checks",
    "format": "Boxes",
    "tray": "Tray",
    "definition": "Sheet type",
    "stage": "Stage",
    "versions": "Named version",
    "closing": "Closing",
    "consulted": "Who was asked",
    "sign_offs": "Line to sign",
    "figures": "Figures",
    "answers": "Answer",
    "agreed": "What was agreed",
    "next_look_on": "Next look",
    "private_note": "Private note",
    "challenge": "Challenge",
    "target_condition": "Target condition",
    "target_by": "Target date",
    "target_measure": "Measure",
    "current_condition": "Current condition",
    "focus_process": "Focus process",
    "obstacles": "Obstacles",
    "focus": "Obstacle in focus",
    "chart": "Chart",
    "step": "Step",
    "prediction": "Prediction",
    "measure": "Measure",
    "predicted_at": "Prediction locked",
    "amendments": "Added to the prediction",
    "result": "Result",
    "outcome": "Outcome",
    "answer": "Answer",
    "name": "Name",
    "role": "Role",
    "formerly": "Names before",
    "shifts": "Shifts",
    "shift": "Shift",
    "category_set": "Set of categories",
    "standard_photos": "Photo of the standard",
    "counts": "Counts",
    "timed": "What was timed",
    "laps": "Stopwatch",
    "asked": "Question asked",
    "memos": "Voice memos",
    "spoke": "Who spoke",
    "spoke_consent": "Consent to the name",
    "conversion": "What became of it",
    "at_place": "Place",
    "done_on": "Done on",
    "what_done": "What was done",
    "no_on": "Said no on",
    "no_because": "Why not",
    "photos_before": "Photos before",
    "photos_after": "Photos after",
    "check_on": "Check of the effect on",
    "checked_on": "Checked on",
    "effect": "Effect",
    "effect_seen": "What the check found",
    "why": "Why",
    "rounds": "Rounds",
    "finished_at": "Handed in",
    "at_question": "Left at",
    "weekdays": "Days of the week",
    "every_weeks": "Every so many weeks",
    "week_of_month": "Week of the month",
    "time_of_day": "Time of day",
    "minutes": "Minutes",
    "window": "May begin later by",
    "grace": "Grace",
    "pauses": "Days off",
    "kept": "Kept",
    "behaviour": "Behaviour",
    "how": "How they were thanked",
    "thanked_on": "Thanked on",
    "challenge_by": "Challenge by",
    "process_measure": "Process measure",
    "operating_pattern": "How the work is to run",
    "target_moves": "Target date moved",
    "ended_on": "Ended on",
    "ended_because": "Why it ended",
    "dismissed": "Wording questions answered",
    "numbers": "Number expected and number found",
    "go_and_see": "Only looking",
    "ready": "Ready to try",
    "stopped_on": "Stopped on",
    "stopped_because": "Why it stopped",
    "planned_minutes": "Minutes planned",
    "times": "Time at each question",
    "breaks": "Pauses",
    "resumed": "Taken up again",
    "missed": "Looks that did not happen",
    "strong": "What was strong",
    "practise": "What to practise",
    "takeaway": "What the learner takes away",
    "about": "About",
    "with_whom": "With whom",
    "private_answers": "Private answers",
    "words": "Words",
    "learned_on": "Learned on",
    "family": "Kind of skill",
    "level": "Level",
    "by_when": "By when",
    "takes": "What it takes",
    "reached_on": "Reached on",
    "shows": "What it shows",
    "every_days": "Every so many days",
    "xform": "Questions",
    "source": "Original file",
    "file_name": "Name of the file",
}


def field_word(field: str, boxes: dict[str, str]) -> str:
    """Name a field of the journal; ``boxes`` names the boxes of a sheet by their ids."""
    parts = field.split(".")
    if parts[0] == "boxes" and len(parts) > 1:
        box = boxes.get(parts[1], parts[1])
        if "figures" in parts:
            return QCoreApplication.translate("Fields", "{box}, a figure").format(box=box)
        return box
    word = _FIELDS.get(parts[0], "")
    if parts[0] == "debrief":
        word = _FIELDS.get(parts[-1], word)
    return QCoreApplication.translate("Fields", word) if word else parts[0].replace("_", " ")
