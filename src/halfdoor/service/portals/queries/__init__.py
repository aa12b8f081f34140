"""What stands on each first page, gathered from the rooms for the one who reads it."""
