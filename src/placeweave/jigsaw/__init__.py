"""Who holds which pieces, who needs what, and where the synergies are.

Nouns: Piece, Need, FundingFlow, Tie, Synergy. Everybody inside a place may read them; organisations change their own
pieces, and a person decides on every suggested synergy.
"""
