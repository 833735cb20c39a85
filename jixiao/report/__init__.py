"""What a run says, for people and programs: terminal text, JSON, one HTML page, pictures of the spend curves.

Everything here reads a finished `Report` and finished curves and judges nothing.
"""
