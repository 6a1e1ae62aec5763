"""Every number a reader may see, as a named `Quantity` over a finished `Study`, and the ledger of claims."""
