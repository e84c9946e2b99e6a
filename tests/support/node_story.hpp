// A short story about the nodes of one pool that lives: changes with one job "unit" of ten minutes, each tested by
// itself, and what becomes of the nodes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "support/story.hpp"

namespace gatesim {

class NodeStory {
public:
    explicit NodeStory(const std::string& rule, ParameterValues values = {});

    Scenario& scenario() { return story_.scenario(); }
    Pool& pool() { return scenario().pools.front(); }
    PoolLife& life() { return *pool().life; }
    void job_takes(double seconds);
    void change(const std::string& id, double at) { story_.change(id, at); }

    /// The lives of nodes, starts of builds and landings, a line each: "60 asked 0", "780 stopping 0 used_up".
    std::string nodes();
    int count(EventKind kind);
    /// Of the n-th event of that kind; kNever if there is none.
    Time time_of(EventKind kind, std::size_t n);
    PoolId pool_of(EventKind kind, std::size_t n);
    /// The most nodes that were up at once.
    int most_up();
    const std::string& broken();
    const std::string& stuck();

private:
    void run();

    Story story_;
    bool ran_ = false;
    std::vector<Event> events_;
    std::vector<std::string> names_;
    std::string broken_, stuck_;
};

}  // namespace gatesim
