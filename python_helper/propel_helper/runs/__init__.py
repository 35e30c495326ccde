"""Floor 2: the ledger. Run records and logs on disk, and following a log as it grows."""
