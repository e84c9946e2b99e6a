// What has passed, and on which state: for jobs whose success counts wherever the very same state is tested again
// (Job::reuses_green).
//
// A state is a base and a chain of patch sets on top of it. Two bases are the same if nothing that shares a queue with
// the change landed, or was undone, between them. The pipeline does not count, nor which of the chain a test is about.
// What was red is never kept.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "gate/item.hpp"

namespace gatesim {

class Gate;

class Greens {
public:
    struct Green {
        BuildId build = kNone;
        std::optional<std::vector<std::string>> child_jobs;  ///< which children it let run, if it said so
    };

    explicit Greens(const Gate& gate) : gate_(gate) {}

    /// One number for what the item's attempt is tested on, now that its base is known (Attempt::state).
    std::uint64_t state_of(const Item& item) const;
    /// A change landed that was on its branch already, with an older patch set: no place in the order says so.
    void landed_again() { ++landed_again_; }

    /// The job of the attempt has passed in its build.
    void keep(const Item& item, std::size_t slot, const std::vector<std::string>* child_jobs);
    /// What counts instead of a run of the job; nullptr if nothing does.
    const Green* find(const Item& item, std::size_t slot) const;

private:
    std::uint64_t heads_of(const Item& item) const;
    std::uint64_t base_of(const Item& item) const;

    const Gate& gate_;
    std::unordered_map<std::uint64_t, Green> known_;  // by state and job; never gone through
    std::uint64_t landed_again_ = 0;
};

}  // namespace gatesim
