"""The demo: what it holds, and that it was made as everything else is made."""
