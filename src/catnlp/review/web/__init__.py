"""A local page on which one reviewer goes through flags with the keyboard."""
