"""Part 1 of the published text: its paragraphs told apart, and what each passage says."""
