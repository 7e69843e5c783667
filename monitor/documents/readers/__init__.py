"""Readers: a file's bytes to text. The only part of the room that touches files and libraries."""

from monitor.documents.readers.text import decode, read_file

__all__ = ["decode", "read_file"]
