"""Two judges of statements that are not ours: Ralph's models, and Learning Locker's rules (in Node)."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from ralph.models.xapi.base.statements import BaseXapiStatement

ROOT = Path(__file__).parents[2]


def ralph(statement: dict[str, Any]) -> list[str]:
    try:
        BaseXapiStatement.model_validate_json(json.dumps(statement))
    except ValidationError as problem:
        return [f"{error['loc']}: {error['msg']}" for error in problem.errors()]
    return []


def learning_locker(statements: Sequence[dict[str, Any]]) -> list[str]:
    node = shutil.which("node")
    if node is None or not (ROOT / "node_modules" / "@learninglocker").is_dir():
        pytest.skip("Node or its packages are not there")
    lines = "".join(json.dumps(one) + "\n" for one in statements)
    done = subprocess.run(
        [node, str(Path(__file__).with_name("judge.mjs"))],
        input=lines, capture_output=True, text=True, encoding="utf-8", check=True, cwd=ROOT,
    )  # fmt: skip
    return done.stdout.splitlines()
