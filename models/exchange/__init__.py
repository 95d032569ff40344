"""Files in and out: spreadsheets, proposed lists, exports."""
