"""Worksheet functions: a decorator and one call each."""
