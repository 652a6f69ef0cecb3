"""What people do here: one function is one thing a person does. Takes a session, ids and ``now``."""
