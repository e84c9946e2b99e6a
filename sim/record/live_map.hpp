// Things that live for a while and are named by numbers: a hash table from ids to a pool of things that are used again.
#pragma once

#include <cstdint>
#include <deque>
#include <utility>
#include <vector>

#include "model/ids.hpp"

namespace gatesim {

/// A map from ids to T, for millions of short lives. Memory follows the greatest number alive at once; references stay
/// valid until their thing is closed. T has a recycle() that gives it back its initial value (and may keep its memory).
///
/// Open addressing with linear probing; a closed entry is filled from behind, so that there are no graves to clean up.
template <class T>
class LiveMap {
public:
    LiveMap() : table_(kSmallest) {}

    /// The thing of that name, made new if it was not alive. `id` must not be kNone.
    T& open(std::uint32_t id) {
        if (T* known = find(id)) return *known;
        if ((alive_ + 1) * 2 > table_.size()) grow();
        std::uint32_t place;
        if (free_.empty()) {
            place = static_cast<std::uint32_t>(pool_.size());
            pool_.emplace_back();
        } else {
            place = free_.back();
            free_.pop_back();
        }
        insert({id, place});
        ++alive_;
        return pool_[place];
    }

    /// The thing of that name, or nullptr if it is not alive.
    T* find(std::uint32_t id) {
        if (id == kNone) return nullptr;
        for (std::size_t i = home(id);; i = next(i)) {
            if (table_[i].id == id) return &pool_[table_[i].place];
            if (table_[i].id == kNone) return nullptr;
        }
    }
    const T* find(std::uint32_t id) const { return const_cast<LiveMap*>(this)->find(id); }

    void close(std::uint32_t id) {
        if (id == kNone) return;
        std::size_t hole = home(id);
        while (table_[hole].id != id) {
            if (table_[hole].id == kNone) return;
            hole = next(hole);
        }
        pool_[table_[hole].place].recycle();
        free_.push_back(table_[hole].place);
        --alive_;
        for (std::size_t i = next(hole); table_[i].id != kNone; i = next(i)) {
            // An entry may move into the hole if its home is not between the two.
            const std::size_t distance_home = (i - home(table_[i].id)) & (table_.size() - 1);
            const std::size_t distance_hole = (i - hole) & (table_.size() - 1);
            if (distance_home < distance_hole) continue;
            table_[hole] = table_[i];
            hole = i;
        }
        table_[hole] = Entry{};
    }

    std::size_t size() const { return alive_; }

    /// All ids that are alive, in no particular order: sort before anything depends on it.
    std::vector<std::uint32_t> ids() const {
        std::vector<std::uint32_t> out;
        for (const Entry& entry : table_) {
            if (entry.id != kNone) out.push_back(entry.id);
        }
        return out;
    }

private:
    static constexpr std::size_t kSmallest = 64;

    struct Entry {
        std::uint32_t id = kNone;
        std::uint32_t place = 0;
    };

    std::size_t home(std::uint32_t id) const { return (id * 2654435769u) & (table_.size() - 1); }
    std::size_t next(std::size_t i) const { return (i + 1) & (table_.size() - 1); }

    void insert(Entry entry) {
        std::size_t i = home(entry.id);
        while (table_[i].id != kNone) i = next(i);
        table_[i] = entry;
    }

    void grow() {
        std::vector<Entry> old(table_.size() * 2);
        old.swap(table_);
        for (const Entry& entry : old) {
            if (entry.id != kNone) insert(entry);
        }
    }

    std::vector<Entry> table_;
    std::deque<T> pool_;
    std::vector<std::uint32_t> free_;
    std::size_t alive_ = 0;
};

}  // namespace gatesim
