"""
The codes of professional bodies that count for a practice, beside what all professions share: named, and taken out.

A code only narrows, so one lead may name it. To take one out opens, and takes a second person.
"""
