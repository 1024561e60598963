"""What people said: conversations, contributions, statements and votes, each with the consent it was given under.

Nouns: Series, Conversation, Contribution, ConsentText, Statement, Participant, Vote, and for scoring a place
Assessment, Wave, ScoreCount, ScoreReason. Words are readable as far as the teller's consent goes and no further; only
themes opens this door.
"""
