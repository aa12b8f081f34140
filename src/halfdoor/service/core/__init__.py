"""
What every room stands on.

Owns the practice (tenant), ids, sealing of clinical text and its keys, the wall around guarded rows, the
tamper-evident chain, jobs that survive a crash, audience marks, and the one place where the clock is read. Promises:
nothing guarded is read except through the gate, nothing on the chain is changed, no acknowledged job is lost.
"""
