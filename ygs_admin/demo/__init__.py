"""The embedded environment: PostgreSQL primary and standby, S3 and the web server behind `make demo` and the tests."""
