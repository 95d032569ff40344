"""What a clerk sees: Qt. No SQL, no rule, no PDF drawing."""
