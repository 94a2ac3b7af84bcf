"""The service's backend as a second writer: its SQLModel models and queries over the shared tables.

`User`, `UserProfile` and `UserPhoto` follow the backend's reference to the letter, the other tables the data
dictionary. Nothing here knows Django, so that a test which uses both sides compares two independent readings.

What SQLModel, SQLAlchemy and asyncpg do with the reference's naive `datetime.utcnow` was seen on SQLModel 0.0.44,
0.0.45 and 0.0.50 with asyncpg 0.32, the process standing in Asia/Seoul:

- Up to 0.0.44 a `datetime` field is `timestamp without time zone`; the statement says `$1::TIMESTAMP WITHOUT TIME ZONE`
  and asyncpg takes naive values only.
- From 0.0.45 it is `timestamp with time zone`, and every naive value is refused with ValueError before it is sent: the
  reference's code cannot write through that mapping. It must annotate `NaiveDatetime`, or pass aware values.
- asyncpg reads a naive value for a `timestamptz` parameter in the time zone of the process, nine hours off in Seoul.
- `$1::TIMESTAMP WITHOUT TIME ZONE` stored in a `timestamptz` column, and an aware value stored in a `timestamp` column,
  are converted in the session's time zone: right where that is UTC, and only there.

So these models keep the mapping of the reference (naive) over both kinds of table, and their sessions stand in UTC.
Only `create_tables` differs. Read from `timestamptz` columns the values are aware, from `timestamp` columns naive.

A nullable `jsonb` field that is left at its default None is stored as JSON `null`, not as SQL NULL: SQLModel sets the
attribute, and SQLAlchemy takes a None that was set for a value.
"""
