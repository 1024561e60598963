"""What several people are saying: quotes, themes, clusters, suggestions, and the page that tells it back.

Nouns: Quote, Coding, Theme, Cluster, Dissent, Suggestion, WhatWeHeard. This room stands at the wall: it alone reads
listening, and it releases words to the rooms above as far as consent allows.
"""
