"""
Somebody asks about a young person, and is answered.

This room owns the request, its dated steps, the question to the young person with its replies, and the answer. It
promises that whoever asks is answered; that what goes out goes through the gate; and that no answer tells which topic
is private or that the young person said no, unless the young person wants that said.
"""
