"""Rows straight into PostgreSQL: COPY in its binary form, columns by the model's own fields."""

import struct
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from django.db import connection, models

HEADER = b"PGCOPY\n\xff\r\n\0" + struct.pack(">ii", 0, 0)
END = struct.pack(">h", -1)
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
TEXT, INT4 = 25, 23


def _array(kind: int, encode: Callable[[Any], bytes]) -> Callable[[Sequence[Any]], bytes]:
    def encoded(values: Sequence[Any]) -> bytes:
        if not values:
            return struct.pack(">iii", 0, 0, kind)
        parts = [struct.pack(">iiiii", 1, 0, kind, len(values), 1)]
        for value in values:
            data = encode(value)
            parts += (struct.pack(">i", len(data)), data)
        return b"".join(parts)

    return encoded


def numbers(values: Sequence[int]) -> bytes:
    """integer[] at once; the general way would take minutes."""
    if not values:
        return struct.pack(">iii", 0, 0, INT4)
    pairs = [part for value in values for part in (4, value)]
    return struct.pack(f">iiiii{len(pairs)}i", 1, 0, INT4, len(values), 1, *pairs)


def tsvector(lexemes: Sequence[bytes]) -> bytes:
    """Without positions, as array_to_tsvector makes them."""
    return struct.pack(">i", len(lexemes)) + b"".join(lexeme + b"\0\0\0" for lexeme in lexemes)


def halfvec(vector: bytes) -> bytes:
    return struct.pack(">hh", len(vector) // 2, 0) + vector


ENCODERS: Mapping[str, Callable[[Any], bytes]] = {
    "bigint": struct.Struct(">q").pack,
    "integer": struct.Struct(">i").pack,
    "smallint": struct.Struct(">h").pack,
    "boolean": struct.Struct(">?").pack,
    "double precision": struct.Struct(">d").pack,
    "varchar": lambda value: str(value).encode(),
    "text": lambda value: str(value).encode(),
    "jsonb": lambda value: b"\x01{}" if not value else b"\x01" + str(value).encode(),
    "timestamp with time zone": lambda at: struct.pack(">q", round((at - EPOCH).total_seconds() * 1_000_000)),
    "varchar[]": _array(1043, lambda value: str(value).encode()),
    "integer[]": numbers,
    "tsvector": tsvector,
    "halfvec": halfvec,
}


class Copier:
    """Collects rows of one table and writes them together."""

    def __init__(self, model: type[models.Model], now: datetime) -> None:
        self.table = model._meta.db_table
        self.columns = [connection.ops.quote_name(f.column) for f in model._meta.concrete_fields]
        self.fields = [(f.attname, self._encoder(f), self._default(f, now)) for f in model._meta.concrete_fields]
        self.rows = bytearray()
        self.count = 0

    def _encoder(self, field: Any) -> Callable[[Any], bytes] | None:
        kind = field.db_type(connection)
        base = "varchar[]" if kind.startswith("varchar") and kind.endswith("[]") else kind.partition("(")[0]
        return ENCODERS.get({"integer[]": "integer[]", "serial": "integer", "bigserial": "bigint"}.get(base, base))

    def _default(self, field: Any, now: datetime) -> Any:
        if isinstance(field, models.DateTimeField) and not field.null:
            return now
        return field.get_default()

    def add(self, **values: Any) -> None:
        self.count += 1
        self.rows += struct.pack(">h", len(self.fields))
        for name, encode, default in self.fields:
            value = values.get(name, self.count if name == "id" else default)
            if value is None:
                self.rows += b"\xff\xff\xff\xff"
                continue
            if encode is None:
                raise TypeError(f"{self.table}.{name} has no binary form here.")
            data = encode(value)
            self.rows += struct.pack(">i", len(data)) + data

    def flush(self) -> None:
        if self.rows:
            columns = ", ".join(self.columns)
            with connection.cursor() as cursor:
                stream = BytesIO(HEADER + bytes(self.rows) + END)
                cursor.copy_expert(f'COPY "{self.table}" ({columns}) FROM STDIN (FORMAT binary)', stream)
            self.rows = bytearray()

    def close(self) -> None:
        """The rest, and the table's own counter after the numbers given here."""
        self.flush()
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence(%s, 'id'), greatest(1, (SELECT max(id) FROM \"{self.table}\")))",
                [self.table],
            )
