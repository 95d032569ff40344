"""What is true about residents, stays, departures and months: no Qt, no PDF."""
