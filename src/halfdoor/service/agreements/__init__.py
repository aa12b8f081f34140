"""
What was agreed: wishes about what goes to whom, consents to share, and what the young person was told at the start.

Owns wishes, authorizations and their withdrawals, and the record of what was told. Promises that saying no is as easy
as saying yes, takes effect at once, and that what was agreed is kept beside what came after it.
"""
