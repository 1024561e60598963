"""Places, and who and what belongs to one: organisations, people, members, issues, frameworks.

Nouns: Place, Organisation, Person, Member, Invitation, Issue, Question, Framework. Everybody inside a place may read
them; conveners change membership; participants author the issue.
"""
