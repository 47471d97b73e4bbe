"""Corpora -> model: reading, training, evaluation."""
