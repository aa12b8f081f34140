"""
What is kept about a young person, until when, and how it goes.

Owns who keeps the records, legal holds, erasures, and copies that were asked for. It promises: the rules of the packs
say how long, never this room; what they cannot say stays; a hold beats them; and nothing goes by one person alone.
"""
