"""The only home of sheet and cell knowledge: the layout, reading, writing, marks, the template."""
