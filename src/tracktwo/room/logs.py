"""What a log may hold: the kind and the place of an error. No parameter, path, identifier or address."""

from __future__ import annotations

import logging
import traceback


class Bare(logging.Formatter):
    """A line a record: its level, and of an error its class and where in the code it was raised."""

    def format(self, record: logging.LogRecord) -> str:
        """Leave out the message, which may quote what was asked for."""
        if not record.exc_info or record.exc_info[0] is None:
            return f"{record.levelname} in {record.name}"
        frames = traceback.extract_tb(record.exc_info[2])
        places = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames[-6:]))
        return f"{record.levelname} {record.exc_info[0].__name__} at {places}"
