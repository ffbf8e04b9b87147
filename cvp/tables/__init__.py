"""Tables of answers: what stands in them, and their scores as one dataframe expression."""
