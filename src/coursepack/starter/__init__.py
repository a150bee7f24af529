"""A new course folder: a small, good course to start from, with everything an editor and a CI need."""

from coursepack.starter.folder import Made, TakenError, free_place, make
from coursepack.starter.names import Choices, choose

__all__ = ["Choices", "Made", "TakenError", "choose", "free_place", "make"]
