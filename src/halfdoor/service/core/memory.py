"""What a process does with its memory, once all is there that stays."""

import ctypes
import gc
import sys

_OBJECTS = 10_000
"""After how many new objects Python looks for rings that nobody needs: a page makes more than the usual 700."""

_LARGE = 1 << 20
"""
From how many bytes on memory goes back to the machine as soon as it is free.

A look at a password takes 19 megabytes for 20 milliseconds. glibc takes the first such for a sign that as much will be
needed again, and then keeps it, once for each of its arenas.
"""
_M_MMAP_THRESHOLD = -3
"""The number of this setting in glibc's ``malloc.h``."""


def settle() -> None:
    """Look no more through what is there by now, seldom through what comes, and give back what is large."""
    gc.freeze()
    gc.set_threshold(_OBJECTS)
    set_how = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if set_how is not None:  # another C library than glibc may have none
        set_how(_M_MMAP_THRESHOLD, _LARGE)
