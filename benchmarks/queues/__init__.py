"""What ``delivery.py`` measures: an SMTP sink, a ledger with messages that are due, and the queues side by side."""
