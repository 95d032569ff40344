"""Pure decisions: dates and rows in, answers out. No session, no clock, no input or output."""
