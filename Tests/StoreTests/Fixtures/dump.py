"""Writes a store as SQL, so that a store of an older schema can be kept as text and made again by a test.

usage: dump.py STORE > schema-N.sql

`schema-1.sql` is the dump of a store of four runs (two done, one diverged, one pending) that the program of schema 1 wrote;
`schema-2.sql` of one done run of an iteration that the program of schema 2 wrote, without its pictures.
"""

import sqlite3
import sys

connection = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
for line in connection.iterdump():
    print(line)
for pragma in ("user_version", "application_id"):
    (value,) = connection.execute(f"PRAGMA {pragma}").fetchone()
    print(f"PRAGMA {pragma} = {value};")
