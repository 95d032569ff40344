"""Tests of what a paper is looked at in, and how it gets to a printer."""
