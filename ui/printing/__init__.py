"""How a paper gets to a printer: what was chosen, the queue that takes the PDF itself, else the drawing of pages."""
