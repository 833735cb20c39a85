"""绩效助手: budget performance targets in Excel, checked, summed up and published from one workbook."""

__version__ = "0.1.0"
