"""course.lock: an append-only register of permanent numbers, like the field numbers of a wire format.

Every step, quiz, question and reflection has one number in the course; options, gaps, pairs and items count
from 1 in their question. A learner's saved state is written in these numbers.
"""

from coursepack.lock.assign import assign, assign_and_check, check_lock
from coursepack.lock.register import KINDS, Edition, Kind, Part, Register, Row, Thing
from coursepack.lock.rename import RenameError, rename
from coursepack.lock.rules import CHANGES, FILE, FULL, place
from coursepack.lock.text import load_lock, parse_lock, to_text

__all__ = [
    "CHANGES",
    "FILE",
    "FULL",
    "KINDS",
    "Edition",
    "Kind",
    "Part",
    "Register",
    "RenameError",
    "Row",
    "Thing",
    "assign",
    "assign_and_check",
    "check_lock",
    "load_lock",
    "parse_lock",
    "place",
    "rename",
    "to_text",
]
