"""What a session begins with: the pages a package can be opened at, and what its manifest tells the LMS."""
