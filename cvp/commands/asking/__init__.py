"""`cvp assess` without answers: sessions begun, found again and gone on with, and the interview led in them.

`wishes` are what the options say. `beginning` opens a new session, unless there is an `unfinished` one, `reopening` one
that is there, and what they give is `opened`; `resuming` finds out which one is meant. `lines` asks what must be known
first. `interviewing` leads the interview, on the front end that `staging` names, and ends it as `leaving` says.
"""
