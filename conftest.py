"""What holds for every test, in tests/ and in the rooms."""

pytest_plugins = ["tests.no_network", "tests.database", "tests.people"]
