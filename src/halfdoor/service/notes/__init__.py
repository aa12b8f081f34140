"""
What clinicians write for others to read: summaries that can be shared.

Owns notes, each the sealed payload of an item of the gate. Promises that what is written here is written to be read by
those whom the gate lets read it, and by nobody else.
"""
