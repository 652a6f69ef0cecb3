"""What questions, attempts and skills are: no Flask, no SQLAlchemy, no clock, no files."""
