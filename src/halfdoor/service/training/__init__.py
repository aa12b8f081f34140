"""
Practice for staff: invented families, decided by the same rules as real ones.

It owns what somebody answered, which sets they completed, and how often the practice expects that. It promises that no
answer is written into a story (the rules give it, so that a change of law changes the scoring), that nobody else reads
what somebody got wrong, and that an invented family never stands where real ones do.
"""
