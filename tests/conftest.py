"""Ctrl-C reaches the programs that tests start, and Hypothesis draws the same examples in every run.

A shell that starts a job in the background lets it ignore Ctrl-C, and children inherit that. Hypothesis
keeps its random draws for `python3 dev.py thorough`, where a new counterexample hinders nobody's work.
"""

from __future__ import annotations

import signal

import pytest
from hypothesis import settings

settings.register_profile("steady", derandomize=True)


def pytest_configure(config: pytest.Config) -> None:
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if config.getoption("markexpr") == "not thorough":
        settings.load_profile("steady")
