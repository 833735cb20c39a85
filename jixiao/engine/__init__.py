"""xlwings engines for hosts other than Excel. They know nothing of the domain."""
