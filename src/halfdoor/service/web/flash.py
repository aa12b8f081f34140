"""Django's words after an act, under another label: ``messages`` is a room of ours. It has no tables."""

from django.apps import AppConfig


class FlashConfig(AppConfig):
    name = "django.contrib.messages"
    label = "flash"
    verbose_name = "Messages"
