"""The office's pages, one file a subject; all of them only read."""
