"""Everything that the command line can do, over HTTP with JSON."""
