"""Where coursepack keeps what belongs to the user, and what it can make again."""

from __future__ import annotations

import os
from pathlib import Path


def home() -> Path:
    """The user's data folder: `COURSEPACK_DATA` in the environment, else the system's own place."""
    override = os.environ.get("COURSEPACK_DATA")
    if override:
        return Path(override)
    import platformdirs

    return platformdirs.user_data_path("coursepack", appauthor=False)


def cache() -> Path:
    """The user's cache folder: inside `COURSEPACK_DATA` where that is set, else the system's own place."""
    override = os.environ.get("COURSEPACK_DATA")
    if override:
        return Path(override) / "cache"
    import platformdirs

    return platformdirs.user_cache_path("coursepack", appauthor=False)
