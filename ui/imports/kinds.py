"""The kinds of files that the assistants read, as a dialog for files asks for them."""

KINDS = "*.csv *.tsv *.txt *.xlsx *.xlsm *.xls *.ods"
