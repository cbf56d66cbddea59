"""What people do with rounds, in one place for those who call it: open one, ask more people, answer, remind, close."""

from __future__ import annotations

from alongside.assessment.answering import Closed, Overtaken, asked_of, save_answers
from alongside.assessment.closing import close_round, publication
from alongside.assessment.latecomers import Meanwhile, ask_more
from alongside.assessment.links import NAMED, OFFICIAL, PRIVATE, SEALED, Opened, find_response, hash_of
from alongside.assessment.opening import NothingToAsk, open_round
from alongside.assessment.plan_of_round import GroupPlan, RoundPlan, TooFew
from alongside.assessment.reminding import TooSoon, may_remind_on, remind

__all__ = [
    "NAMED",
    "OFFICIAL",
    "PRIVATE",
    "SEALED",
    "Closed",
    "GroupPlan",
    "Meanwhile",
    "NothingToAsk",
    "Opened",
    "Overtaken",
    "RoundPlan",
    "TooFew",
    "TooSoon",
    "ask_more",
    "asked_of",
    "close_round",
    "find_response",
    "hash_of",
    "may_remind_on",
    "open_round",
    "publication",
    "remind",
    "save_answers",
]
