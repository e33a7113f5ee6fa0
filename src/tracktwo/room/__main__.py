"""Django's own commands, for those who work on the room: ``python -m tracktwo.room makemigrations room``."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracktwo.room.settings")
    execute_from_command_line(sys.argv)
