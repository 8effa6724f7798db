"""The desk: pages, REST and TAXII 2.1 in one process, on top of a store."""
