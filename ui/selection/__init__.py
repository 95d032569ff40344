"""Selection: proposed lists, their candidates, what is brought in, and arrivals."""
