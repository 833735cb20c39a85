"""What is true without Excel: amounts, indicator values, spend plans, projects. Standard library only."""
