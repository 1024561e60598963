"""When people come together: programmes, their cohorts and sessions, sign-up without an account, and waiting lists.

Nouns: Programme, Design, Cohort, Application, CohortEvent, Session, SignUp, OwnLink, QueueEvent, Letter. Those inside
a place see which programmes and sessions there are; the team sees who comes and who applied; what somebody needs is
read by whoever runs the session or leads the cohort, and by nobody else.
"""
