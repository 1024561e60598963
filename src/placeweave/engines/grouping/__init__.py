"""Who sits with whom, and who is in which cohort: plain records in, frozen plans with their bounds out."""
