"""Facts and decisions as immutable values: documents, obligations, occurrences, notices, the directory. Pure."""
