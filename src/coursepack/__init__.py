"""Compile a declarative course into packages that a learning management system plays."""

__version__ = "0.1.0"
