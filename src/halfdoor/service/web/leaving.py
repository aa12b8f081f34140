"""Where *Leave quickly* goes: an everyday page that says nothing about where somebody came from."""

LEAVE_TO = "https://www.wikipedia.org/"
