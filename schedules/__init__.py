"""When: time rules, deadline arithmetic, working days, the moments of a ladder. Pure except ``ticker``."""
