"""The same examples in every run, so that a failure is a failure of the change; TRACKTWO_FUZZ=1 looks for new ones."""

from __future__ import annotations

import os

from hypothesis import settings

from tracktwo.room import keys

keys.install(keys.Keys.new())

settings.register_profile("steady", deadline=None, derandomize=True)
settings.register_profile("fuzz", deadline=None, max_examples=1000)
settings.load_profile("fuzz" if os.environ.get("TRACKTWO_FUZZ") else "steady")
