"""SQLite for one room: one writer at a time, and no row that remembers when it came."""
