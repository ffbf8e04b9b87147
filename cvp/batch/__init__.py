"""Tables and folders of answers → a row out for each row in, and a summary; one pass, whatever the size.

`opening` finds out what the inputs hold, `scored` gives their rows scored, block by block, `keeping` keeps the blocks
until all are there, `counting` adds them up, `rejecting` names the rows that mean nothing, and `writing` makes files.
`running` puts these together.
"""
