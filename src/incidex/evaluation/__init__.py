"""Compares what was predicted with what people said."""
