// Never compiled, and that is what the checks of the house must find.
