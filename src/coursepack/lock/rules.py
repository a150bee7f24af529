"""What can be wrong with course.lock."""

from coursepack.diagnostics import Severity, define
from coursepack.source import Span

FILE = "course.lock"
RESTORE = (
    "restore course.lock from version control, as it was when you last built a package for your learners, "
    "and build again"
)
MERGE = (
    "take course.lock whole from the branch whose package your learners have "
    "(`git checkout BRANCH -- course.lock`) and build again: what the other branch added gets new numbers"
)

NOT_OURS = define(
    "LCK-001",
    "lock-not-ours",
    Severity.ERROR,
    """course.lock is not a file that coursepack wrote.

    course.lock holds the permanent numbers in which your learners' progress is saved. Without them a
    package cannot know what a learner did before.

    Restore the file from version control. If no learner has a package of this course yet, delete it.
    """,
)
DAMAGED = define(
    "LCK-002",
    "lock-damaged",
    Severity.ERROR,
    """course.lock cannot be read: it was cut off, edited by hand, or a merge left its marks in it.

    Nothing is guessed here, since a wrong number would give learners each other's answers.

    Restore the file from version control. After a merge take the file whole from the branch whose package
    your learners have, and build again.
    """,
)
FUTURE = define(
    "LCK-003",
    "lock-from-future",
    Severity.ERROR,
    """course.lock was written by a newer coursepack.

    Update coursepack, or restore the file that this version wrote.
    """,
)
TWICE = define(
    "LCK-004",
    "lock-number-twice",
    Severity.ERROR,
    """The same number was given twice, because two branches were built apart and then merged.

    A learner's answer is saved under a number; two things with one number would share their answers.

    Take course.lock whole from the branch whose package your learners have, and build again: what the other
    branch added gets new numbers.
    """,
)
UNTOLD = define(
    "LCK-005",
    "parts-not-told-apart",
    Severity.WARNING,
    """Several options (gaps, pairs, items) without an id changed at once, so they count as new ones.

    An option without an id keeps its permanent number by its words, or as the only one that changed in its
    question. Where two could be meant, both are new, and answers that used the old ones are asked again.

    If you only reworded them, build after each single change, or restore the words, give each option an id
    (`- [x] Yes {#yes}`), build, and then reword.
    """,
)
RENAMED = define(
    "LCK-006",
    "id-renamed",
    Severity.WARNING,
    """An id is gone, and a new one has the same words: it looks renamed.

    An id is how a learner's answer finds its question again. Under a new id everything starts empty.

    If it is the same thing, run `coursepack rename OLD NEW` and build again. If it is another, go on.
    """,
)
CHANGES = define(
    "LCK-007",
    "lock-would-change",
    Severity.ERROR,
    """The build was asked to leave course.lock as it is (`--locked`), but the course needs new numbers.

    Build once without `--locked` and commit course.lock together with the course.
    """,
)
FULL = define(
    "LCK-008",
    "lock-full",
    Severity.ERROR,
    """course.lock has no room for another layout of the saved state: it holds 4,095 of them.

    Each build that adds, removes or changes what is saved adds one. If learners only have later packages,
    start anew: delete course.lock, build, and upload as a new course.
    """,
)


def place(line: int) -> Span:
    """A line of course.lock."""
    return Span(FILE, line)
