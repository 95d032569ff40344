"""Incidents, complaints and self-harm."""
