"""What comes in: a file kept elsewhere, its columns matched, its rows held against the records."""
