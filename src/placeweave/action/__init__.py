"""What partners agreed and promised: the shared purpose, commitments, pledges and updates.

Nouns: Purpose, PurposeVersion, Assent, Commitment, Pledge, Update. Every commitment says what it rests on.
"""
