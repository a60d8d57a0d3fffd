"""The services of a single machine: PostgreSQL and Valkey as child processes of ours.

Nothing here imports Django, because manage.py needs it before the settings are read.
"""
