"""Escrow: two officers open the process notes of an author who cannot be asked, for a day, and it is on record."""
