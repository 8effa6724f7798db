"""The pages that people read and work on."""
