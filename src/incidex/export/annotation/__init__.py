"""The formats of annotation tools and corpora."""
