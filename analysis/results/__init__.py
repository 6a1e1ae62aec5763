"""Every number that a reader may see, as a named `Quantity` computed from a finished `Study`, and the claims ledger."""
