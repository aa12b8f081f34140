"""
Young people and their circle of care: who somebody is to a young person, and what the papers say about it, over time.

Owns people, young people, episodes of care, memberships of a circle, and every dated fact about them: authority,
identity, court limits, competence, suspicion, part in the care, care status. Promises that a fact is never overwritten:
a change is a new row with a day, an author and its evidence, and the facts of any past moment can be derived again.
"""
