"""The upload card: what whoever uploads a package has to know of it, beside the zip as HTML and Markdown."""
