"""What people do: one function is one thing a person does; takes a session, ids, ``now``."""
