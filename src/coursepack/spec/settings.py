"""`course.yaml` as a frozen model; the JSON Schema that editors read is made from it."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StrictBool, StringConstraints

from coursepack import filenames
from coursepack.spec.fields import Identifier as Identifier
from coursepack.spec.fields import Part as Part
from coursepack.spec.fields import Text as Text
from coursepack.spec.hook_settings import Xapi

TargetName = Literal["scorm12", "scorm2004-3", "scorm2004-4", "cmi5", "xapi", "web"]


def _percent(value: object) -> object:
    """`80%`, `80 %` or a number from 0 to 1 becomes a Decimal from 0 to 1."""
    text = str(value).strip() if str(value).isascii() else ""
    try:
        share = Decimal(text[:-1].strip()) / 100 if text.endswith("%") else Decimal(text)
    except ArithmeticError:
        raise ValueError("is not a percentage") from None
    if not share.is_finite() or not 0 <= share <= 1:
        raise ValueError("is not between 0% and 100%")
    return share


_SHARE = r"^\s*(([0-9]{1,2}(\.[0-9]*)?|\.[0-9]+|100(\.0*)?)\s*%|0?\.[0-9]+|0(\.0*)?|1(\.0*)?)\s*$"
Percent = Annotated[
    Decimal,
    BeforeValidator(
        _percent,
        json_schema_input_type=Annotated[str, Field(pattern=_SHARE)] | Annotated[float, Field(ge=0, le=1)],
    ),
    Field(description="A share such as `80%`, or a number from 0 to 1"),
]


def _version(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("is not a version of this language")
    return value


class Completion(Part):
    """When the course counts as done."""

    steps: Literal["all"] | Percent | tuple[Identifier, ...] = "all"
    quizzes: Literal["none", "attempted", "passed"] = "attempted"
    reflections: Literal["optional", "required"] = "optional"


class Pass(Part):
    """When the learner has passed."""

    score: Percent
    quizzes: tuple[Identifier, ...] | None = None
    report_mastery: StrictBool = False


class Resume(Part):
    """What a finished session tells the LMS, and what happens to answers whose right answer was edited."""

    exit_when_finished: Literal["suspend", "normal"] = "suspend"
    changed_answers: Literal["retry", "keep"] = "retry"


class Cmi5(Part):
    """How the course becomes cmi5 assignable units."""

    units: Literal["course", "steps"] = "course"


Learner = Literal[
    "all-right",
    "fails-then-passes",
    "fails",
    "skips-quiz",
    "stops-and-returns",
    "kills-tab",
    "phone",
    "loses-line",
    "longest-text",
    "reopens",
]
Profiled = Literal[
    "scorm12/strict",
    "scorm12/moodle-4.5",
    "scorm2004-3/strict",
    "scorm2004-3/moodle-4.5",
    "scorm2004-4/strict",
    "scorm2004-4/moodle-4.5",
    "cmi5/strict",
    "xapi/strict",
]
"""A target and the LMS that plays it."""


class Record(Part):
    """What is on record, as `rehearse` tells it; what is left out is not compared."""

    status: Any = None
    success: Any = None
    score: Any = None
    scaled: Any = None
    progress: Any = None
    time: Literal["recorded", "none"] | None = None
    interactions: tuple[str, ...] | None = None
    comments: int | None = None
    statements: tuple[str, ...] | None = None
    location: Any = None
    next: Any = None
    gradebook: Any = None
    tick: Any = None
    findings: tuple[str, ...] | None = None
    record: Literal["none"] | None = None


class ExpectedRecord(Part):
    """What an LMS must record of a virtual learner; `rehearse --record` writes it."""

    learner: Learner
    on: tuple[Profiled, ...]
    expect: Record


class Allow(Part):
    """A finding that the author accepts, with the reason; `at` limits it to a file or file:line."""

    rule: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]{2}-[0-9]{3}$")]
    reason: Text
    at: Text | None = None


class Settings(Part):
    """All of `course.yaml`."""

    spec: Annotated[Literal[1], BeforeValidator(_version, json_schema_input_type=Literal[1])]
    id: Text
    title: Text
    language: Text
    version: Text = "1.0.0"
    description: str = ""
    authors: tuple[Text, ...] = ()
    credit: str = ""
    rights: str = ""
    keywords: tuple[Text, ...] = ()
    completion: Completion = Completion()
    pass_: Pass | None = None
    resume: Resume = Resume()
    cmi5: Cmi5 = Cmi5()
    include_source: StrictBool = False
    tests: tuple[ExpectedRecord, ...] = ()
    targets: tuple[TargetName, ...] = ("scorm12", "scorm2004-3", "scorm2004-4", "web")
    theme: dict[str, Any] = Field(default_factory=dict)
    xapi: Xapi | None = None
    allow: tuple[Allow, ...] = ()

    @property
    def last_segment(self) -> str:
        """The last segment of the course's id."""
        return self.id.rstrip("/#").rsplit("/", 1)[-1].rsplit(":", 1)[-1]

    @property
    def slug(self) -> str:
        """The stem of every file name: the last segment of the id, spelled anew where it cannot be one."""
        last = self.last_segment
        return last if filenames.fits(last) else filenames.to_slug(last) or "course"
