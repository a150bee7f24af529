"""The small closed set of policies in the author's language, each value explained in plain sentences."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct


class Policy(Struct, frozen=True):
    """One setting: what it decides, its value where the author says nothing, and each value in words."""

    key: str
    """Where it is written and its name, such as `quiz.retry` or `completion.steps`."""
    decides: str
    default: str
    values: tuple[tuple[str, str], ...]
    note: str = ""

    def to_text(self) -> str:
        """The page that `coursepack explain` prints."""
        lines = [self.key, "", self.decides, ""]
        for value, words in self.values:
            mark = " (if you say nothing)" if value == self.default else ""
            lines += [f"  {value}{mark}", f"      {words}"]
        if self.default and self.default not in dict(self.values):
            lines += ["", f"If you say nothing: {self.default}"]
        return "\n".join([*lines, "", self.note] if self.note else lines)


def _table(*policies: Policy) -> Mapping[str, Policy]:
    return MappingProxyType({policy.key: policy for policy in policies})


POLICIES: Mapping[str, Policy] = _table(
    Policy(
        "quiz.pass",
        "Which share of a quiz's points a learner must earn to pass it.",
        "the course's pass.score; without one the quiz is taken, never passed",
        (("80%", "Four fifths of the points possible. Exactly 80% is enough."),),
        "The share is rounded to four decimals before it is compared, so page and LMS always agree.",
    ),
    Policy(
        "quiz.attempts",
        "How often a learner may take a quiz.",
        "as often as they like",
        (
            ("1", "Once. A failed attempt is final."),
            ("3", "Three times, or any other number. A failed last attempt is final."),
        ),
        "The number of attempts left is shown before each attempt.",
    ),
    Policy(
        "quiz.retry",
        "What a learner answers again in the next attempt at a quiz.",
        "all",
        (
            ("all", "Every question. Each attempt starts empty."),
            ("wrong", "Only the questions that were not fully right. Right answers keep their points."),
        ),
    ),
    Policy(
        "quiz.feedback",
        "When a learner sees whether an answer was right, and your feedback on it.",
        "now",
        (
            ("now", "Right after each question is answered."),
            ("end", "On the result page, after the whole quiz is handed in."),
            ("never", "Not at all. Learners see the score only, whatever `reveal` says."),
        ),
    ),
    Policy(
        "quiz.counts",
        "Which attempt at a quiz gives its score.",
        "best",
        (
            ("best", "The best one. A later, weaker attempt takes nothing away."),
            ("last", "The latest one. This is the only policy under which a score can go down."),
            ("first", "The first one. Later attempts are practice."),
        ),
        "Whatever counts, a course that was passed is never failed again.",
    ),
    Policy(
        "quiz.reveal",
        "When a learner may see the right answers of a quiz.",
        "after-last",
        (
            ("after-pass", "Once the quiz is passed."),
            ("after-last", "Once no attempt is left. Where attempts are unlimited that is never."),
            ("always", "With the feedback on a question, even when attempts at the quiz are left."),
            ("never", "Not at all, only whether their own answers were right."),
        ),
    ),
    Policy(
        "quiz.shuffle",
        "Whether the questions of a quiz change places.",
        "",
        (
            ("shuffle", "Each learner and each attempt gets its own order. Coming back keeps it."),
            ("left out", "The questions stay in the order in which you wrote them."),
        ),
    ),
    Policy(
        "quiz.draw",
        "How many questions each attempt takes from a question bank.",
        "no questions from a bank",
        (("draw=5 from=basics", "Five questions of `questions/basics.yaml`, drawn anew for each attempt."),),
        "Under `retry=wrong` later attempts keep it. Questions written inside the quiz are always asked.",
    ),
    Policy(
        "question.attempts",
        "How often a learner may answer one question.",
        "once inside a quiz, as often as they like outside",
        (("2", "Twice, or any other number. The attempts left are shown before answering."),),
    ),
    Policy(
        "question.points",
        "How many points a right answer earns in a quiz.",
        "1",
        (
            ("1", "One point."),
            ("2", "Two points, or any other number: the question weighs as much more."),
            ("0", "None: the question is marked and recorded, and leaves the score as it is."),
        ),
        "Questions outside a quiz are practice and never scored. A scale (likert) is never scored anywhere.",
    ),
    Policy(
        "question.scoring",
        "What a partly right answer earns, where an answer has several parts.",
        "all",
        (
            ("all", "Nothing. Only the fully right answer earns the points."),
            ("partial", "A share of the points for each right part, never less than 0."),
        ),
        "With options to tick, each wrong tick takes a right one back: ticking all of them earns nothing.",
    ),
    Policy(
        "question.shuffle",
        "Whether the options of a question change places.",
        "",
        (
            ("shuffle", "Each learner and each attempt gets its own order. Coming back keeps it."),
            ("left out", "The options stay in the order in which you wrote them."),
        ),
    ),
    Policy(
        "completion.steps",
        "Which steps must be done before the course counts as completed.",
        "all",
        (
            ("all", "Every step, apart from those that say `required: false`."),
            ("80%", "That share of these steps, rounded up: 80% of 7 steps means 6."),
            ("[first, check]", "The steps with these ids, and no others."),
        ),
        "A step is done when its last block was in view for a second, or the learner went on with Next.",
    ),
    Policy(
        "completion.quizzes",
        "What must be done about quizzes before the course counts as completed.",
        "attempted",
        (
            ("none", "Nothing. Quizzes are there to practise."),
            ("attempted", "Each quiz must be handed in once, whatever the result."),
            ("passed", "Each quiz must be passed. A learner who fails the last attempt cannot complete."),
        ),
    ),
    Policy(
        "completion.reflections",
        "Whether reflections must be written before the course counts as completed.",
        "optional",
        (
            ("optional", "No. They can be left empty."),
            ("required", "Yes. Each must be handed in with at least `min-words` words."),
        ),
    ),
    Policy(
        "pass.score",
        "Which share of the points a learner must earn to pass the course.",
        "no grade: the course is completed, never passed or failed",
        (("80%", "Four fifths of the points of all quizzes that count. A quiz not yet taken counts 0."),),
    ),
    Policy(
        "pass.quizzes",
        "Which quizzes make up the score of the course.",
        "all quizzes",
        (("[check]", "Only the quizzes with these ids. The others are practice."),),
    ),
    Policy(
        "pass.report-mastery",
        "Whether a SCORM 1.2 package tells the LMS the pass mark.",
        "false",
        (
            ("false", "No. The course itself says passed or failed, as in every other format."),
            ("true", "Yes. The LMS then decides by the score alone, and overrules what the course said."),
        ),
        "A learner may then count as passed with steps still to do.",
    ),
    Policy(
        "resume.changed-answers",
        "What happens to an answer when you change which answer is right, and the learner comes back.",
        "retry",
        (
            ("retry", "The question is open for a new try, in an ended quiz too. Status never goes down."),
            ("keep", "The answer and its points stay as they were marked at the time."),
        ),
    ),
    Policy(
        "resume.exit-when-finished",
        "What a finished session tells the LMS.",
        "suspend",
        (
            ("suspend", "Keep everything, so that learners can come back and read."),
            ("normal", "The attempt is over. A SCORM 2004 LMS opens the course empty the next time."),
        ),
        "Finished is who completed the course and, where there is a pass mark, passed or failed for good.\n"
        "An unfinished session always keeps everything.",
    ),
    Policy(
        "reflection.private",
        "Whether a learner's words are reported to the LMS.",
        "",
        (
            ("private", "No: only that something was handed in, and how long it is."),
            ("left out", "Yes: those who see reports can read them."),
        ),
        "Private words are still in the saved state, which an administrator can read. The page says so.",
    ),
    Policy(
        "reflection.keep",
        "Where a learner's words are kept.",
        "lms",
        (
            ("lms", "In the saved state of the LMS: they are there on every device."),
            ("browser", "In this browser: they never leave the device, and are not there on another."),
        ),
    ),
    Policy(
        "cmi5.units",
        "How the course becomes units in a cmi5 package.",
        "course",
        (
            ("course", "One unit: the LMS opens the whole course and hears one result."),
            ("steps", "One unit for each step: the LMS lists and opens the steps."),
        ),
    ),
)
"""Every policy by its key, in the order in which an author meets them."""


def find(word: str) -> tuple[Policy, ...]:
    """The policies that the word names: a key, its last part (`retry`), or its first (`quiz`)."""
    wanted = word.strip().lower().replace("_", "-")
    if wanted in POLICIES:
        return (POLICIES[wanted],)
    return tuple(policy for key, policy in POLICIES.items() if wanted in key.split("."))
