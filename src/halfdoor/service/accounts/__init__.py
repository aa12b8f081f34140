"""
Signing in.

Owns accounts, their role, the ways into them, and the three front doors `/staff/`, `/family/` and `/me/`, each with its
own cookies.
Promises: a session of one door opens no other; an e-mail address is never needed; what is refused looks like what is
absent.
"""
