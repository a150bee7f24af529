"""SPC: the rules that reading attributes, tables and questions enforces itself, each with its page."""

from __future__ import annotations

from coursepack.diagnostics import Severity, define

E = Severity.ERROR

ATTRIBUTE_SYNTAX = define(
    "SPC-019",
    "attribute-syntax",
    E,
    """The attributes in braces cannot be read.

    They are `#id`, `.class`, `key=value`, `key="a value of several words"` or a single word, with blanks
    between. There is no blank around `=`, and the quotes are straight ones.

    How to fix: write them that way. For a real brace write `\\{`.
    """,
)
UNKNOWN_ATTRIBUTE = define(
    "SPC-020",
    "unknown-attribute",
    E,
    """An attribute that this place does not know.

    A misspelt attribute would be passed over without a word.

    How to fix: write it as the language reference has it, or remove it.
    """,
)
BAD_ATTRIBUTE = define(
    "SPC-021",
    "bad-attribute-value",
    E,
    """An attribute has a value that it cannot take, or one that means nothing here.

    How to fix: write a value of the kind that the message names.
    """,
)
BAD_ID = define(
    "SPC-022",
    "malformed-id",
    E,
    """An id has characters that ids cannot have.

    An id starts with a lower-case letter and has lower-case letters, digits and single hyphens, 64 at most.
    It travels through file names, addresses and the records of the LMS, and must survive all of them.

    How to fix: write it like `first-response`.
    """,
)
NO_ID = define(
    "SPC-023",
    "missing-id",
    E,
    """A question, quiz, reflection or step has no id.

    What learners do is saved under the id, so that you can edit everything else later without their losing
    it.

    How to fix: write one into the braces: `::: question {#first-response}`.
    """,
)
DROPPED = define(
    "SPC-024",
    "text-would-be-lost",
    E,
    """Text stands where nothing shows it.

    Nothing that you write is left out without your knowing.

    How to fix: move the text to where it can be shown, or remove it.
    """,
)
LOOKS_LIKE = define(
    "SPC-038",
    "looks-like-markup",
    Severity.WARNING,
    """Text looks like mark-up, and is shown as it is, with all its signs.

    A path with a blank in it makes no link: `[the plan](my plan.pdf)` is just text, and so is
    `[the plan] (plan.pdf)`, or `[the plan][plan]` without a line `[plan]: plan.pdf`. A block needs three
    colons, and no four blanks before them, which make it code. Attributes stand at the end of a heading, a
    paragraph or an option, after a blank, or right after a picture or a span. A heading needs a blank after
    its `##`, a table a line of dashes below its first row, a gap `[[` and `]]`, an option a question around
    it. HTML is text, and so are its comments; nothing strikes words out.

    How to fix: write `[the plan](<my plan.pdf>)`, move the attributes, add what is missing, or put a
    backslash before the sign that is meant as it is: `\\{`, `\\[`, `\\<`, `\\#`.
    """,
)
RAGGED = define(
    "SPC-025",
    "ragged-table",
    E,
    """A row of a table has more or fewer cells than the table has columns.

    Other Markdown tools cut or fill such rows without a word. Usually a `|` is missing, or one in the text
    needs a backslash: `\\|`.

    How to fix: give the row as many cells as the header. An empty cell is fine.
    """,
)
MERGE = define(
    "SPC-026",
    "impossible-merge",
    E,
    """Cells are joined to a shape that is no rectangle, or to a cell that is not there.

    `^^` joins the cell above, `<<` the one to the left. Neither leads out of the table, nor from its body
    into its header.

    How to fix: mark every cell of the rectangle, or write the cells out.
    """,
)
CSV = define(
    "SPC-027",
    "csv-table",
    E,
    """A `::: table` has no data that can be shown.

    It reads a CSV file: `::: table {src=tables/results.csv}`; the first line has the column headers.

    How to fix: give it the path of a UTF-8 file with commas, semicolons or tabs between the cells.
    """,
)
FOOTNOTE = define(
    "SPC-028",
    "footnote",
    E,
    """A footnote and its mark do not find each other.

    `[^name]` in the text needs one `[^name]: …` in the same step, and the other way round.

    How to fix: add the missing half, or remove the other.
    """,
)
NO_SHAPE = define(
    "SPC-029",
    "no-answer",
    E,
    """A question has no answer to give, or none that its type asks for.

    `- [x]` and `- [ ]` make a choice, `= answer` a typed answer, `[[answer]]` a gap, `- left == right` a
    matching, `answer=true` a true or false; `type=order` and `type=likert` need a list.

    How to fix: add the answers in one of these shapes.
    """,
)
TWO_SHAPES = define(
    "SPC-030",
    "two-answers",
    E,
    """A question could be of two types.

    How to fix: keep one kind of answer, or split it into two questions. Where the text only looks like an
    answer, say what you mean with `type=…`.
    """,
)
ANSWER_LIST = define(
    "SPC-031",
    "answer-list",
    E,
    """An entry in a list of answers does not look like the others.

    Every option starts with `[ ]` or `[x]`, every pair has one ` == `, and all stand in one list. Feedback
    on an option is a quote below it, indented like the option's text.

    How to fix: write the entry like the others.
    """,
)
EMPTY_ANSWER = define(
    "SPC-032",
    "empty-answer",
    E,
    """A gap, an accepted answer, an option or one side of a pair is empty.

    No learner could give that answer.

    How to fix: write the answer, or remove the place for it.
    """,
)
NUMERIC = define(
    "SPC-033",
    "numeric-answer",
    E,
    """A number is not written as one.

    `= 42`, `= 42 +- 0.5` and `= 40..45`, with a point before the decimals and at most 15 digits. Learners
    may type their own decimal sign.

    How to fix: write it that way, or say `type=fill-in` if it is text.
    """,
)
LIKE_NUMBER = define(
    "SPC-039",
    "looks-like-number",
    Severity.WARNING,
    """An accepted answer looks like a number and is taken for text.

    `= 34-36` and `= 35 °C` are texts: learners are right only if they type exactly that, sign by sign.

    How to fix: write a range as `= 34..36`; write `= 35` and put the unit into the question. If learners are
    to type exactly this text, say `type=fill-in`.
    """,
)
NO_STEM = define(
    "SPC-034",
    "nothing-asked",
    E,
    """A question or reflection asks nothing.

    How to fix: write the question above its answers.
    """,
)
