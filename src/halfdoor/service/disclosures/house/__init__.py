"""
A practice's own house rules, from a wish to the rules in force: proposed, looked at, approved by a second person, and
held from a day on.

Every version is kept by the hash of its bytes. Nothing here decides who may know: the judgement does, by these rules.
"""
