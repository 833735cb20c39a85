"""Files of other programs, opened safely: what they are, unpacked and examined within limits. Nothing of the domain."""
