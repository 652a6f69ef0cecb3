"""Runs learners' programs in WebAssembly, in processes of its own.

``client`` is for the rest of the program; ``python -m quizapp.runner`` is the process that it asks.
That one starts workers (``guest_worker``), each of which runs one guest at a time. Nothing here
knows an expected value, Flask or the database.
"""
