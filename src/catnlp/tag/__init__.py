"""Sentences -> Mentions: the spaCy pipeline and the fine-tuned transformer."""
