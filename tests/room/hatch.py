"""Open one room again and again, each time in a fresh process: for test_killed.py.

``python hatch.py FOLDER KEYS`` furnishes a room, says on one line of JSON what is in it, and then, for each line of
input that names a port, serves the room there as ``tracktwo serve`` does, and says which process does. What they all
import is imported once.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
from pathlib import Path
from typing import Any

from tracktwo.room import keys as room_keys
from tracktwo.room import serving
from tracktwo.room.house import House, migrated, opened

VOTERS = ("quill head", "quill delegate", "lantern expert", "cloudberry alternate", "sandglass delegate")
AUTHOR = "cloudberry delegate"
STATEMENTS = 30


def main(folder: str, keys_path: str) -> None:
    """Furnish, and serve."""
    home, keys = House(Path(folder)), room_keys.read(Path(keys_path).read_bytes())
    os.environ["TRACKTWO_DEMO"] = "1"  # whoever asks may sit down: there is nobody else
    room_keys.install(keys)
    with home.locked():
        opened(home)
        migrated()
        print(json.dumps(_furnished()), flush=True)
    serving._application()
    # a fresh interpreter would take a second to import what is here already
    multiprocessing.set_start_method("fork", force=True)
    multiprocessing.set_start_method = lambda *_, **__: None  # type: ignore[assignment]
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            serving.serve(home, keys, port=int(line), demo=True)
            os._exit(0)
        print(child, flush=True)
        os.waitpid(child, 0)


def _furnished() -> dict[str, Any]:
    from room.talks import begun

    from tracktwo.room.concerns.models import Sounding, Statement, Theme

    talks = begun()
    theme = Theme.objects.create(process=talks.process, name={"en": "Misuse", "zh": "滥用"})
    sounding = Sounding.objects.create(
        process=talks.process, title={"en": "S", "zh": "观"}, state="open", opened_on=talks.seats["mediator"].begins
    )
    bodies = [{"en": f"Statement {number}", "zh": f"观点{number}"} for number in range(STATEMENTS)]
    statements = [Statement.objects.create(sounding=sounding, number=n, body=body) for n, body in enumerate(bodies)]
    return {
        "theme": str(theme.pk),
        "sounding": str(sounding.pk),
        "statements": [str(each.pk) for each in statements],
        "seats": {name: str(talks.seats[name].pk) for name in (*VOTERS, AUTHOR)},
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
