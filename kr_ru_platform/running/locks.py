"""Numbers of PostgreSQL's advisory locks, so that no two purposes share one."""

MIGRATING = 7_201_900
