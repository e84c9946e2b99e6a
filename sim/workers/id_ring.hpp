// A table of living things by ever-growing ids: constant time, memory by the span between the oldest and the youngest.
#pragma once

#include <cstdint>
#include <vector>

namespace gatesim {

/// Maps ids that are issued in ascending order to values that come and go.
template <class Value>
class IdRing {
public:
    /// Issues the next id.
    std::uint32_t add(Value value) {
        const std::uint32_t id = next_++;
        while (cells_[id & mask_].live) grow();
        Cell& cell = cells_[id & mask_];
        cell.id = id;
        cell.live = true;
        cell.value = std::move(value);
        return id;
    }

    /// Stores under an id that somebody else issues, in any order.
    void put(std::uint32_t id, Value value) {
        while (cells_[id & mask_].live) grow();
        Cell& cell = cells_[id & mask_];
        cell.id = id;
        cell.live = true;
        cell.value = std::move(value);
    }

    /// nullptr if it is gone. Valid until the next add() or put().
    Value* find(std::uint32_t id) {
        Cell& cell = cells_[id & mask_];
        return cell.live && cell.id == id ? &cell.value : nullptr;
    }

    const Value* find(std::uint32_t id) const { return const_cast<IdRing*>(this)->find(id); }

    void erase(std::uint32_t id) {
        Cell& cell = cells_[id & mask_];
        if (cell.live && cell.id == id) {
            cell.live = false;
            cell.value = Value{};
        }
    }

private:
    struct Cell {
        std::uint32_t id = 0;
        bool live = false;
        Value value{};
    };

    void grow() {
        std::vector<Cell> old(cells_.size() * 2);
        old.swap(cells_);
        mask_ = static_cast<std::uint32_t>(cells_.size() - 1);
        for (Cell& cell : old)
            if (cell.live) cells_[cell.id & mask_] = std::move(cell);
    }

    std::vector<Cell> cells_ = std::vector<Cell>(64);
    std::uint32_t mask_ = 63;
    std::uint32_t next_ = 0;
};

}  // namespace gatesim
