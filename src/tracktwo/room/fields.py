"""Fields of the room's models: random identifiers, and values that are sealed before they are written."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any

from django.db import models

from tracktwo.room.sealing import seal, unseal


class Identified(models.Model):
    """A row named by 128 random bits, which say nothing about when it was written or how many there are."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class Sealed(models.BinaryField):
    """A value of JSON, in the database an envelope. ``least`` is the smallest size that it is padded to."""

    if TYPE_CHECKING:

        def __get__(self, instance: Any, owner: Any) -> Any: ...
        def __set__(self, instance: Any, value: Any) -> None: ...

    def __init__(self, *args: Any, least: int = 256, **kwargs: Any) -> None:
        self.least = least
        super().__init__(*args, **{"editable": True, **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | ({"least": self.least} if self.least != 256 else {})

    def from_db_value(self, value: bytes | None, _expression: Any, _connection: Any) -> Any:
        return None if value is None else unseal(value)

    def to_python(self, value: Any) -> Any:
        return value

    def get_prep_value(self, value: Any) -> Any:
        return None if value is None else seal(value, least=self.least)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        sealed = value if prepared else self.get_prep_value(value)
        return None if sealed is None else connection.Database.Binary(sealed)

    def get_lookup(self, lookup_name: str) -> Any:
        """Nothing can be sought in what is sealed."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def value_to_string(self, obj: Any) -> str:
        return json.dumps(self.value_from_object(obj))
