"""Which column of a table answers which question, and what its cells mean; or what is not clear about that."""
