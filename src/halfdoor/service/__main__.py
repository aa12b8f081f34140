"""`python -m halfdoor.service COMMAND`: Django's commands for this service."""

import os
import sys

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "halfdoor.service.settings")

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
