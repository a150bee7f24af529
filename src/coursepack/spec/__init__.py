"""The language that authors write: its model, and how files become it."""
