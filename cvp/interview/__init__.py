"""The interview of a person or a room: a frozen state, one function from a line to the next state, one to a screen.

`changes` are what can happen, `record` folds them into what was said, `outcome` is what that comes to, and `state` a
moment of it all. `keys` says what each key does; `progress` and `debate` say in words how the answers and the votes
stand, `order` which question comes next. `showing` makes a `screen` of a state. `line` and `stage` are front ends:
they draw screens, read lines, and hand what changed to `keeping`. Only a front end touches the outside.
"""
