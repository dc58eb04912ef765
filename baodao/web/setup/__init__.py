"""A town's first day: seven steps, each skippable and resumable, shared by the administrators, the town and its first clerk."""
