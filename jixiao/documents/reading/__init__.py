"""Files of any kind read as paragraphs and tables."""
