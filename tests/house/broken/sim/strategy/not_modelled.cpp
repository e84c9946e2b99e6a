// Never compiled: a sentence that SOURCES.md does not have.
constexpr Missing kMissing[] = {
    {"zuul", "the weather"},
};
