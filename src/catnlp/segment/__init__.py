"""Document -> sections, passages and sentences, with their places."""
