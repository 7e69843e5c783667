"""The ledger (台账): the database, the only truth. Redis may be emptied at any moment."""
