"""An adversary against the hiding of small counts: it reads what leaves, knows the rule, and reckons."""
