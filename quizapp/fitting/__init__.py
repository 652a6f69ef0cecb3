"""Fits the skill model to answer logs; knows neither the web nor the database.

The only package that imports NumPy and SciPy, so nothing that serves pages may import it.
"""
