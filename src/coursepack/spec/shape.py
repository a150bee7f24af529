"""SPC: the rules that reading a course folder enforces itself, each with its page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

from coursepack.diagnostics import Severity, define

E, W = Severity.ERROR, Severity.WARNING

FOLDER = define(
    "SPC-001",
    "not-a-course",
    E,
    """The folder is not a course.

    A course is a folder with `course.yaml` for its settings and `steps/` with one Markdown file per step.

    How to fix: name the folder that holds `course.yaml`, not the file itself or a folder around it.
    """,
)
ENCODING = define(
    "SPC-002",
    "not-utf-8",
    E,
    """A text file is not UTF-8.

    Any other encoding looks right on one computer and shows wrong letters on the next.

    How to fix: open the file in your editor and save it as UTF-8. A byte-order mark is fine.
    """,
)
YAML_SYNTAX = define(
    "SPC-003",
    "yaml-syntax",
    E,
    """The YAML cannot be read.

    Settings are `key: value` lines; what belongs to a key is indented below it with blanks, never tabs.
    Text with `: ` or ` #` in it, or that starts with one of ``@ ` % & * ! | > { [ "``, goes in quotes.

    How to fix: correct the line, or the one above it: YAML often notices a mistake one line late.
    """,
)
DUPLICATE_KEY = define(
    "SPC-004",
    "duplicate-key",
    E,
    """The same key stands twice in one place.

    Only one of the two values could count, and nobody sees which.

    How to fix: remove one of the two lines.
    """,
)
UNKNOWN_KEY = define(
    "SPC-005",
    "unknown-key",
    E,
    """A key that this place does not know.

    A misspelt key would be passed over, and the course would not do what its settings say.

    How to fix: write the key as the language reference has it, or remove it.
    """,
)
WRONG_VALUE = define(
    "SPC-006",
    "wrong-value",
    E,
    """A key has a value that it cannot take.

    `true` and `false` are the only yes and no; `yes`, `no`, `on` and `off` are text.

    How to fix: write a value of the kind that the message names.
    """,
)
MISSING_KEY = define(
    "SPC-007",
    "missing-key",
    E,
    """A key that must be there is missing, or has no value.

    `course.yaml` needs `spec`, `id`, `title` and `language`; a question in a bank needs `id` and
    `question`.

    How to fix: add the key with a value.
    """,
)
YAML_BOUNDS = define(
    "SPC-008",
    "yaml-out-of-bounds",
    E,
    """The YAML is deeper or larger than any course needs.

    Values may be nested 40 deep, and aliases (`*name`) may stand for 10 000 values in all. A few lines with
    aliases of aliases could otherwise fill the memory of the computer that reads them.

    How to fix: write the values out, without aliases.
    """,
)
TOO_LARGE = define(
    "SPC-009",
    "file-too-large",
    E,
    """A text file is too large to be what it says.

    A step, a bank, a table and `course.yaml` may have 1 000 000 bytes each: a step of that size would be a
    book of 500 pages.

    How to fix: split the step. If the file is not text at all, move it to `media/`.
    """,
)
OUTSIDE = define(
    "SPC-010",
    "outside-the-folder",
    E,
    """A path leads out of the course folder.

    A course must hold all it needs: whatever lies outside is missing on the next computer, and could be a
    file that was never meant to be published. This includes symbolic links.

    How to fix: copy the file into the course folder.
    """,
)
FRONT_MATTER = define(
    "SPC-011",
    "front-matter",
    E,
    """The lines between `---` at the top of a step cannot be read.

    They start on the first line of the file, hold `key: value` lines, and end with another line `---`.

    How to fix: close them with `---`, or remove the first line.
    """,
)
NO_TITLE = define(
    "SPC-012",
    "no-title",
    E,
    """A step has no title.

    The title is what learners see in the list of steps.

    How to fix: write `title: …` between the `---` lines, or begin the step with a heading `# …`.
    """,
)
UNCLOSED = define(
    "SPC-013",
    "unclosed-container",
    E,
    """A `:::` block is never closed.

    All that follows would belong to it.

    How to fix: write a line `:::` where the block ends. Blocks nest like brackets: each needs its own.
    """,
)
UNKNOWN_CONTAINER = define(
    "SPC-014",
    "unknown-container",
    E,
    """A `:::` block has a name that is not known, or none.

    The names are `note`, `tip`, `warning`, `key-point`, `details`, `table`, `quiz`, `question`,
    `reflection`, and inside a question `correct`, `incorrect`, `hint`.

    How to fix: use one of these names.
    """,
)
STRAY_CLOSE = define(
    "SPC-015",
    "stray-close",
    E,
    """A line `:::` closes nothing.

    Each `:::` alone on its line closes the innermost block that is open in the same place: one inside a
    list item or a quote cannot close a block that was opened outside of it.

    How to fix: remove the line, or move it to the left, out of the list.
    """,
)
MISPLACED = define(
    "SPC-016",
    "misplaced-block",
    E,
    """A block stands where it cannot be.

    Questions, quizzes and reflections stand in a step, in a callout or in `details`; questions also in a
    quiz. `correct`, `incorrect` and `hint` stand in a question.

    How to fix: move the block, or close the one around it first.
    """,
)
TOO_DEEP = define(
    "SPC-017",
    "too-deep",
    E,
    """Text is nested too deep.

    Lists in lists, quotes in quotes and blocks in blocks may go 16 deep, emphasis and links within one
    another 20. No reader could follow more, and other Markdown tools drop such text without a word.

    How to fix: nest less. Often a line begins with blanks or `>` by mistake.
    """,
)
NOT_YET = define(
    "SPC-018",
    "not-built-yet",
    E,
    """This block belongs to the language, but cannot be built yet.

    `video`, `audio` and `transcript` are reserved for a later version.

    How to fix: link to the file for now: `[Watch the talk](media/talk.mp4)`.
    """,
)
CONTROL = define(
    "SPC-035",
    "control-character",
    E,
    """The text has a character that no page can show.

    Such characters come from copying out of other programs, or the file is not text.

    How to fix: delete the character. It may be invisible: retype the word.
    """,
)
NOT_READ = define(
    "SPC-036",
    "file-not-read",
    W,
    """A file lies where steps or banks are read from, but is not one.

    Steps are `steps/*.md`, banks are `questions/*.yaml`, without further folders.

    How to fix: rename the file, or move it out of this folder.
    """,
)
SAME_NAME = define(
    "SPC-037",
    "names-differ-only-in-case",
    W,
    """The names of two files are the same but for upper and lower case, or for how an accent is stored.

    Windows and macOS cannot hold both: one of them will overwrite the other.

    How to fix: rename one of them.
    """,
)


_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What must not reach a terminal: control characters, and signs that turn the text around."""


def suggest(name: str, known: Iterable[str], otherwise: str = "") -> str:
    """A `did you mean …?` for a misspelt name, or the other advice."""
    near = close_match(name, known)
    return f"did you mean `{near}`?" if near else otherwise


def close_match(name: str, known: Iterable[str]) -> str:
    """The name that a misspelt one is most likely meant to be; empty where none is near."""
    names = {candidate.casefold(): candidate for candidate in known}
    close = get_close_matches(name.casefold().replace("_", "-"), names, n=1, cutoff=0.6)
    return names[close[0]] if close else ""


def clip(text: str, room: int = 40) -> str:
    """The author's words for a message, on one line and not too long."""
    words = " ".join(_UNSEEN.sub("\ufffd", text).split())
    return words if len(words) <= room else words[: room - 1] + "…"
