"""
The face of the service.

Owns the frame of every page, the components and their gallery, style sheets and scripts, error pages, and the words of
decisions in all languages. Promises: a page works without a script and loads nothing from elsewhere; color never says
what words do not; a hidden page and an absent page read the same; every page of a young person can be left at once.
"""
