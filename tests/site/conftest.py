"""`built`: the hand-made course, rendered once for all tests of this folder."""

from __future__ import annotations

import pytest
from built_pages import Built, build
from every_block import course


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(course(tmp_path_factory.mktemp("course")))
