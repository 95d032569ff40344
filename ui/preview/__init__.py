"""Papers before they leave: looked at page by page, sought through, and sent to a printer as was chosen."""
