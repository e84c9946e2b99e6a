// Finds ids by a text that is written elsewhere: a hash table that keeps eight bytes an entry and no text.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "model/ids.hpp"

namespace gatesim {

/// From texts to ids, for millions of them. Whoever asks says which id has which text, so the text stands once, where
/// the thing itself is. Open addressing with linear probing; entries are never taken out.
class IdTable {
public:
    /// The entry whose id `has_text` accepts, to be read or overwritten with an id of the same text; nullptr if there
    /// is none. Valid until the next insert.
    template <class HasText>
    std::uint32_t* find(std::string_view text, const HasText& has_text) {
        if (entries_.empty()) return nullptr;
        const std::uint32_t hash = hash_of(text);
        for (std::size_t i = home(hash); entries_[i].id != kNone; i = next(i))
            if (entries_[i].hash == hash && has_text(entries_[i].id)) return &entries_[i].id;
        return nullptr;
    }

    /// Adds an id whose text is not in here.
    void insert(std::string_view text, std::uint32_t id) {
        if ((used_ + 1) * 4 > entries_.size() * 3) grow();
        place({id, hash_of(text)});
        ++used_;
    }

private:
    struct Entry {
        std::uint32_t id = kNone;
        std::uint32_t hash = 0;
    };

    /// FNV-1a, folded.
    static std::uint32_t hash_of(std::string_view text) {
        std::uint64_t wide = 0xcbf29ce484222325;
        for (const char c : text) wide = (wide ^ static_cast<unsigned char>(c)) * 0x100000001b3;
        return static_cast<std::uint32_t>(wide ^ (wide >> 32));
    }
    std::size_t home(std::uint32_t hash) const { return hash & (entries_.size() - 1); }
    std::size_t next(std::size_t i) const { return (i + 1) & (entries_.size() - 1); }

    void place(Entry entry) {
        std::size_t i = home(entry.hash);
        while (entries_[i].id != kNone) i = next(i);
        entries_[i] = entry;
    }

    void grow() {
        std::vector<Entry> old(entries_.empty() ? 64 : entries_.size() * 2);
        old.swap(entries_);
        for (const Entry& entry : old)
            if (entry.id != kNone) place(entry);
    }

    std::vector<Entry> entries_;
    std::size_t used_ = 0;
};

}  // namespace gatesim
