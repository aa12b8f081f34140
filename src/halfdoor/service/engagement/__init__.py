"""
Working together with families: a library of short pieces that anybody may read, and what was offered to whom.

It owns pieces and offers. It promises that offering one tells nothing about a young person: a piece whose subject could
tell something is never offered, it only stands in the library, which is the same for everybody.
"""
