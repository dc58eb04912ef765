"""Commands: one file each; names and exit statuses are a contract."""
