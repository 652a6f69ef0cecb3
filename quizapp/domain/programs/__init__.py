"""Programs that learners write: what a guest is asked to run, what it claims, what that is worth.

Nothing is imported here: the processes that run guests need ``jobs`` alone.
"""
