"""How `analyze` is run over many documents, and the results kept."""
