"""Trains the model bundle of Incidex. The only package that imports torch; needs the extra `train`."""
