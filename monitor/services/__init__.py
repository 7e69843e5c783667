"""Use cases over ports: ingest, plan, sweep, deliver, record. They know no Django, no Redis, no clock."""
