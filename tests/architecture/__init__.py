"""What keeps the plan of the code."""
