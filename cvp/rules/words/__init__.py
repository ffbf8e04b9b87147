"""The words that make a question hard to answer, a plain list a language, and the texts that they are looked for in."""
