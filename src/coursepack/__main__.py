"""`python -m coursepack`."""

from coursepack.cli import app

app(prog_name="coursepack")
