"""Readers: a file's bytes to text. The only part of the room that touches files and libraries."""

from monitor.documents.readers.files import read_bytes, read_file
from monitor.documents.readers.text import decode

__all__ = ["decode", "read_bytes", "read_file"]
