"""
The demonstration: an outpatient practice in the United States and a children's home in England, with invented people.

Everything goes on record through the rooms' own actions, so that the demonstration shows what the product does and
nothing else.
"""
