"""
When something went wrong: breaches of confidentiality, from the first word to the lesson.

It owns incidents, how they were assessed, and what was done about each. It promises that a clock runs from the moment
somebody knew, that nothing is closed before everybody who has to be told was told or it is on record why not, and that
nobody is blamed on any of its pages.
"""
