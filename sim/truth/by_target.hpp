// Things by the targets that they touch: who may share one with a change is found without looking at all others.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <unordered_map>
#include <vector>

#include "model/footprint.hpp"

namespace gatesim {

/// Numbers (of changes, of places in the order of landings), each with a footprint that never changes.
class ByTarget {
public:
    /// `gone`: a number that is not found any more. It leaves its lists when they have grown to twice what was left.
    explicit ByTarget(std::function<bool(std::uint32_t)> gone = {}) : gone_(std::move(gone)) {}

    void add(std::uint32_t number, const Footprint& footprint);

    /// Those from `from` to before `end` that share a target with `footprint` (shared_targets() > 0), rising, each
    /// once; where one of two affects everything they are taken to share one. Valid until the next call. With a `from`
    /// above 0 the numbers must have been added in rising order.
    std::span<const std::uint32_t> sharing(const Footprint& footprint, std::uint32_t from, std::uint32_t end);

private:
    struct List {
        std::vector<std::uint32_t> numbers;
        std::size_t room = 16;  ///< until those that are gone are left out
    };

    void add_to(List& list, std::uint32_t number);
    void collect(const List& list, std::uint32_t from, std::uint32_t end);

    std::function<bool(std::uint32_t)> gone_;
    std::unordered_map<std::uint32_t, List> by_target_;
    List everything_;  ///< those that affect every target
    List all_;
    std::vector<std::uint32_t> found_;
};

}  // namespace gatesim
