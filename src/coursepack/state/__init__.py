"""The saved state: its layout, its exact bound, text and back. `runtime/progress.js` does the same."""

from coursepack.state.bound import Bound, Cost, bound, costs, to_table
from coursepack.state.changes import by_present_marks
from coursepack.state.codec import Decoded, Reason, decode, encode, written_with
from coursepack.state.layout import (
    Layout,
    Record,
    from_json,
    layout,
    layouts,
    older_json,
    settle,
    to_json,
)
from coursepack.state.numbering import check_unchanged, number
from coursepack.state.progress import (
    Changes,
    CourseState,
    QuestionState,
    QuizState,
    ReflectionState,
    Response,
)

__all__ = [
    "Bound",
    "Changes",
    "Cost",
    "CourseState",
    "Decoded",
    "Layout",
    "QuestionState",
    "QuizState",
    "Reason",
    "Record",
    "ReflectionState",
    "Response",
    "bound",
    "by_present_marks",
    "check_unchanged",
    "costs",
    "decode",
    "encode",
    "from_json",
    "layout",
    "layouts",
    "number",
    "older_json",
    "settle",
    "to_json",
    "to_table",
    "written_with",
]
