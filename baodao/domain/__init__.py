"""Areas of the field, one folder a noun; rules live here and nowhere else."""
