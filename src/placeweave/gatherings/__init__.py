"""When people come together: programmes, their cohorts and sessions, sign-up without an account, and waiting lists.

Nouns: Programme, Cohort, Session, SignUp, OwnLink, QueueEvent, Letter. Those inside a place see which sessions there
are; the team sees who comes; what somebody needs is read by whoever runs the session, and by nobody else.
"""
