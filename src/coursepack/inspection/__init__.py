"""Packages looked at from outside: what is wrong with them, what they are, and their source given back."""
