"""When people come together: programmes, their cohorts and sessions, sign-up without an account, and waiting lists.

Nouns: Programme, Design, Cohort, Application, CohortEvent, Session, SignUp, OwnLink, QueueEvent, Letter; for running a
session Step, OwnRecipe, Preparation, Material, HandOver, Parked; for learning Tried, LearningNeed, Asking. Those inside
a place see which programmes and sessions there are; the team sees who comes and who applied; what somebody needs is
read by whoever runs the session or leads the cohort, and what somebody tried in practice by them alone until they
share it.
"""
