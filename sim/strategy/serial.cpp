// Serial: one change at a time. "Not rocket science": the branch never breaks, and nothing is ever thrown away.
//
// Source: bors, homu (research: policies, section 2). Capacity is one change a build's length.
#include "gate/gate.hpp"
#include "strategy/registry.hpp"

namespace gatesim {
namespace {

class Serial final : public Strategy {
public:
    bool pass(Gate& gate, Queue& queue) override {
        bool changed = drop_needy(gate, queue);
        Item* front = queue.first;
        if (!front) return changed;
        if (gate.prepare(*front)) {
            gate.report_start(*front);
            changed |= gate.request_nodes(*front);
            gate.start_builds(*front);
        }
        if (gate.complete(*front)) {
            const bool landed = gate.report(*front);
            gate.leave(*front, landed ? Outcome::landed : Outcome::failure, {});
            changed = true;
        }
        return changed;
    }

private:
    /// Changes whose need left without landing can not stay. Looked at only when something happened to a need.
    static bool drop_needy(Gate& gate, Queue& queue) {
        bool changed = false;
        while (!queue.unsettled.empty()) {
            Item& item = *queue.unsettled.begin()->second;
            queue.unsettled.erase(queue.unsettled.begin());
            ChangeId need = kNone;
            if (!gate.need_is_gone(item, &need)) continue;
            gate.eject_needing(item, need);
            changed = true;
        }
        return changed;
    }
};

const bool kRegistered =
    register_strategy({{"serial",
                        "One change at a time, on the branch as it is; lands or is ejected, then the next",
                        "The front of each queue is tested alone on the branch; when its jobs have ended it lands or "
                        "is ejected, and the next one starts. "
                        "Nothing is ever tested in vain, but a queue lands at most one change in the length of a "
                        "build: choose it when that is enough. "
                        "Counter-strategy: zuul, which tests the whole queue at once.",
                        "",
                        {},
                        {},
                        {}},
                       [](const ParameterValues&) -> std::unique_ptr<Strategy> { return std::make_unique<Serial>(); }});

}  // namespace
}  // namespace gatesim
