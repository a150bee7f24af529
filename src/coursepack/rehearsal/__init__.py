"""Virtual learners run a package in a real browser, and what an LMS records of each is written down."""
