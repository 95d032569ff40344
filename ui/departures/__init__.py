"""Departures: what is planned, ready, blocked and why."""
