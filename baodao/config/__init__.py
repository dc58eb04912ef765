"""Settings, addresses and wiring: turns the key. An installed app, so that commands and ``ready()`` have a home."""
