"""
The front doors: what each person sees first, and the menus.

Owns no rows. A page here gathers what other rooms say to this reader, and every line on it leads to doing something
about it.
"""
