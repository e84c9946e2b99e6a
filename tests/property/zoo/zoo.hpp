// The zoo: strategies that do wrong, each in its own way. The contract has to stop every one of them.
#pragma once

#include <memory>
#include <string>

#include "gate/gate.hpp"
#include "strategy/registry.hpp"

namespace gatesim::zoo {

/// Names of animals begin with this.
inline const std::string kPrefix = "zoo-";

/// Puts an animal in its cage: registers it as a strategy of this test program.
template <class Animal>
bool keep(const std::string& name) {
    return register_strategy(
        {{kPrefix + name, "", "", "", {}, {}, {}},
         [](const ParameterValues&) -> std::unique_ptr<Strategy> { return std::make_unique<Animal>(); }});
}

/// What every strategy does to get an item tested.
inline void work_on(Gate& gate, Item& item) {
    if (!gate.prepare(item)) return;
    gate.request_nodes(item);
    gate.start_builds(item);
}

/// Reports the front and lets it leave when its jobs have ended, as `serial` does. True if it did.
inline bool finish_front(Gate& gate, Queue& queue) {
    Item* front = queue.first;
    if (!front || !gate.complete(*front)) return false;
    const bool landed = gate.report(*front);
    gate.leave(*front, landed ? Outcome::landed : Outcome::failure, {});
    return true;
}

}  // namespace gatesim::zoo
