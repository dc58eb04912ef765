"""Faces: one per audience. No rule lives here."""
