"""What holds for every test, in tests/ and in the rooms."""

import gc

from hypothesis import settings

gc.set_threshold(100_000, 20, 20)  # seldom: a test is short, and what is loaded stays

pytest_plugins = ["tests.no_network", "tests.database", "tests.people"]

# What is checked before a change lands is the same on every machine; to look further, run with
# `--hypothesis-profile=default`, which draws other examples each time.
settings.register_profile("check", derandomize=True)
settings.load_profile("check")


def pytest_collection_finish() -> None:
    """Let Python pass over what is loaded now when it looks for circles."""
    gc.collect()
    gc.freeze()
