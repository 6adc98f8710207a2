"""The English of process sketches, cards and tables, by key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

ENGLISH_OF_FORMS: Final[Mapping[str, str]] = {
    "process.described": "Process sketch. Steps: {steps}. Between them: {others}.",
    "process.empty": "Process sketch, nothing written yet.",
    "process.step": "step",
    "process.wait": "wait",
    "process.queue": "queue",
    "process.handover": "handover",
    "process.stock": "{what}, {count} there",
    "process.lead": "Lead time {time}.",
    "process.touch": "Hands on it {time}.",
    "process.touch_share": "Hands on it {time} ({share} %).",
    "process.waiting": "Waiting {time}.",
    "process.untimed": "Without a time: {count}.",
    "process.unread": "Times not understood and not added: {count}.",
    "process.day": "A day is counted as {hours} h.",
    "process.not_a_time": "“{cell}” is no length of time I know. Write 20 min or 1 h 45.",
    "process.below_zero": "“{cell}” is below zero; no time is.",
    "process.ask_time": "How long does this take?",
    "process.ask_what": "What is done in this step?",
    "time.seconds": "{count} s",
    "time.minutes": "{count} min",
    "time.minutes_seconds": "{minutes} min {seconds} s",
    "time.hours": "{count} h",
    "time.hours_minutes": "{hours} h {minutes}",
    "time.days": "{count} d",
    "time.days_hours": "{days} d {hours} h",
}  # fmt: skip
