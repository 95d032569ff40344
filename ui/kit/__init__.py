"""The widgets that every page is made of, and the theme that they share."""
