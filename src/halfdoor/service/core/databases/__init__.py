"""
Django's database backends with the wall around guarded rows built in.

`sqlite` and `postgresql` are the only engines the settings name, so no connection exists without the wall.
"""
