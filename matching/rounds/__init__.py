"""The work of one round below its pages: loading, running, publishing, closing."""
