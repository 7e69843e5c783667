"""Telling people: rendering of messages (pure but for Jinja2) and channels (one file each)."""
