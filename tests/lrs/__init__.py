"""A learning record store for tests."""
