"""The tables: one function each, giving rows with the labels, units and digits of their columns."""
