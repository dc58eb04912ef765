"""The administrators' face."""
