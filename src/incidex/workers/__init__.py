"""
Child processes that do dangerous work within limits on memory and time: what crashes or hangs there is one answer lost.

A `Pool` hands bytes to a function in a child and gives bytes back. Nothing is pickled, so a child that a hostile
document has taken over can answer nonsense, but run nothing in the process that asked.
"""
