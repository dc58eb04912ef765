"""Argon2id with a cost for two cores: 64 MiB and two lanes, so that a login does not stall the town."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id, 64 MiB, parallelism 2."""

    memory_cost = 65536
    parallelism = 2
    time_cost = 2
