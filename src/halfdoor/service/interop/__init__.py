"""
What other systems say and want to know, in their own formats: so far a FHIR R4 Consent, read into facts.

Owns no rows yet. Promises that what is read from outside opens only what it says in so many words: whatever is not
understood is named with its place and refused, and a denial stands over every permit.
"""
