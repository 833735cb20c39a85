"""JX8: what Part 1 (narrative) and Part 2 (tables) say of one spending. `rules` enters the rules into the catalogue."""
