"""Legal consultation on a case, recorded: who asked whom, about what question, what the answer was, and when."""
