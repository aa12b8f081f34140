"""
A word to somebody that there is something new, and nothing else; and the ledger's checkpoint to whoever keeps it.

It owns who wants such words, and what was sent. It promises that every one of them reads the same whoever it goes to
and whatever waits, that none goes where somebody else reads it, that whether it may go is decided when it goes, and
that nobody gets a second one before they have been here. The checkpoint says how long a ledger is and one hash over
all of it, once a day, to the addresses that whoever runs the service has set.
"""
