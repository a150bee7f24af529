"""Statement hooks: from settings and course to the table of a package, and what the table will say."""
