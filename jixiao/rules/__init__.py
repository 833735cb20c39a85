"""The rule catalogue. One module a family (identity JX1 … text JX9), one function a rule, one list of all rules."""
