"""
The gate, the ledger and the sharing map: who may know what, decided in one place.

Owns items (whatever can be shared, in one indexed row each), the gate that is the only caller of the judgement, the
ledger of what went, what did not and why, what has to happen around it, and every version of every pack a decision ever
rested on. Promises that nothing leaves undecided, that no entry means no data, and that any line can be decided again
with the same answer.
"""
