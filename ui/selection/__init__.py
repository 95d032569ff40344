"""Selection: proposed lists and their candidates, screened and decided on."""
