"""The real package in a page that plays the LMS: built in memory, again on each save."""
