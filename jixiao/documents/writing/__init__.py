"""A department written as the document to publish, and as the rows the integrated system imports."""
