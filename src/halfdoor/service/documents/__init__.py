"""
Papers: what a practice gives people to read, and what they say to it.

Owns the practice's papers in their versions and languages, who was asked to sign which, what they answered, and the
sealed file of each answer. Promises that what was shown is kept to the letter, that a no is an answer like a yes, and
that anybody can see offline whether a file is as it was sealed.
"""
