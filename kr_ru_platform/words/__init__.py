"""How texts, names and numbers are read. Plain Python: scores and forms use the same functions."""
