"""Who owes a duty: names, subjects of clauses, brackets, headings, and the work assigned elsewhere."""
