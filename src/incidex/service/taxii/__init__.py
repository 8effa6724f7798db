"""A read-only TAXII 2.1 server."""
