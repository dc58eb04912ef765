"""Pure Python: knows no Django, no database, no request."""
