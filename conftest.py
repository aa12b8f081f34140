"""What holds for every test, in tests/ and in the rooms."""

import gc

from hypothesis import settings

pytest_plugins = ["tests.no_network", "tests.database", "tests.people"]

# What is checked before a change lands is the same on every machine; to look further, run with
# `--hypothesis-profile=default`, which draws other examples each time.
settings.register_profile("check", derandomize=True)
settings.load_profile("check")


def pytest_collection_finish() -> None:
    """Let Python look for circles among objects less often: what is loaded now stays, and a test is short."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
