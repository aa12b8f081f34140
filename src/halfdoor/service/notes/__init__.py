"""
What clinicians write after a session: what stays with the clinical team, and what others may read.

Owns notes (each the sealed payload of an item of the gate, version by version), drafts, what was agreed about secrets
in family sessions, and the reasons for telling what private notes say too. Promises that nothing typed is lost, that a
finished note is never overwritten, that nothing is shared before its author has seen what each person would get, and
that whose words something are is told only to those who may know.
"""
