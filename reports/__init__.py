"""What is printed: figures in, PDF bytes out. No Qt, no session."""
