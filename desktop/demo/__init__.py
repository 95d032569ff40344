"""The demonstration register: invented people in all four programmes, the same for the same date."""
