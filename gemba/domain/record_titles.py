"""The words by which a record is known on a chip, in a list and in a search."""

from __future__ import annotations

from gemba.domain.coach_log import AfterTalk, AskedQuestion, PracticeLevel, SecondCoach
from gemba.domain.coaching import Storyboard, Talk
from gemba.domain.development import Evidence, Goal, MentorPair, PersonSkill
from gemba.domain.draw import Draw
from gemba.domain.experiment import Experiment
from gemba.domain.form import Filling, Form, FormVersion
from gemba.domain.kinds import Record
from gemba.domain.link import Link
from gemba.domain.observation import Observation
from gemba.domain.person import Area, Person
from gemba.domain.promise import Promise
from gemba.domain.recognition import Recognition
from gemba.domain.reflection import Reflection
from gemba.domain.route import Route
from gemba.domain.routine import Keeping, Routine
from gemba.domain.session import Lesson, QuestionScript, Session
from gemba.domain.sheet import MarginNote, Sheet
from gemba.domain.walk import Walk


def title_of(record: Record) -> str:
    """Return the words a record is known by; never a private one."""
    match record:
        case Person() | Area() | Route() | Routine() | PersonSkill():
            return record.name
        case Walk():
            return record.purpose
        case Observation():
            return record.saw
        case Promise() | MarginNote() | Goal():
            return record.text
        case Sheet() | Form() | FormVersion():
            return record.title
        case Filling():
            # What the form itself notes about an answer is nobody's words.
            said = (one.text for one in record.answers if one.text and "/orx:meta/" not in one.id)
            return record.place or next(said, "")
        case Experiment():
            return record.step or record.prediction
        case Storyboard():
            return record.focus_process or record.target_condition or record.challenge
        case Talk():
            return record.agreed or next((a.text for a in record.answers if a.text), record.kind)
        case Keeping():
            return record.why
        case Draw():
            return record.chosen
        case Recognition():
            return record.behaviour
        case Reflection():
            return next((one.text for one in record.answers if one.text), record.note)
        case QuestionScript():
            return record.label
        case Session():
            return record.about or next((a.text for a in record.answers if a.text), "")
        case Lesson():
            return record.words
        case Evidence():
            return record.shows
        case MentorPair():
            return record.about
        case AskedQuestion() | AfterTalk() | SecondCoach() | PracticeLevel():
            return ""
        case Link():
            return record.role
