"""One function per thing a user does: one transaction, one trail entry, all or nothing."""
