"""Documents in and out: the published text read into a workbook, and written from one."""
