// Things that live for a while and are named by growing numbers: a window over the ids that are alive now.
#pragma once

#include <cstdint>
#include <deque>

#include "model/ids.hpp"

namespace gatesim {

/// A map from ids, handed out roughly in order, to T. Looking up costs an index, memory follows the span from the
/// oldest living id to the newest. T must have a default value, which closing restores.
template <class T>
class LiveMap {
public:
    /// The thing of that name, made new if it was not alive. `id` must not be kNone.
    T& open(std::uint32_t id) {
        if (slots_.empty()) base_ = id;
        while (id < base_) {
            slots_.emplace_front();
            --base_;
        }
        while (id - base_ >= slots_.size()) slots_.emplace_back();
        Slot& slot = slots_[id - base_];
        slot.alive = true;
        return slot.value;
    }

    /// The thing of that name, or nullptr if it is not alive.
    T* find(std::uint32_t id) {
        if (id == kNone || id < base_ || id - base_ >= slots_.size()) return nullptr;
        Slot& slot = slots_[id - base_];
        return slot.alive ? &slot.value : nullptr;
    }
    const T* find(std::uint32_t id) const { return const_cast<LiveMap*>(this)->find(id); }

    void close(std::uint32_t id) {
        T* value = find(id);
        if (!value) return;
        *value = T{};
        slots_[id - base_].alive = false;
        while (!slots_.empty() && !slots_.front().alive) {
            slots_.pop_front();
            ++base_;
        }
    }

    /// Ids from first() up to (without) end() may be alive; ask find() for each.
    std::uint32_t first() const { return base_; }
    std::uint32_t end() const { return base_ + static_cast<std::uint32_t>(slots_.size()); }

private:
    struct Slot {
        T value{};
        bool alive = false;
    };
    std::deque<Slot> slots_;
    std::uint32_t base_ = 0;
};

}  // namespace gatesim
