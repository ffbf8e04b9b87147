"""The interview: a frozen state, one function from a key to the next state, one from a state to lines of text.

`state` holds what is known, `keys` says what each key does, `view` writes a screen, `line` is a front end that reads
and prints. Only a front end touches the outside.
"""
