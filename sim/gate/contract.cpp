// The contract of a landing, checked whatever the strategy and the build type. (Design, section 4.)
#include "gate/gate.hpp"

namespace gatesim {

void Gate::break_contract(const Item& item, const std::string& why) {
    if (broken_.empty())
        broken_ = "change " + name_of(item) + " in queue " + item.queue->name + " of pipeline " +
                  pipeline(*item.queue).name + ": " + why;
}

bool Gate::check_landing(const Item& item) {
    const Attempt& attempt = item.attempt;
    if (item.ahead) {
        break_contract(item, "landing with another item ahead");
    } else if (!complete(item) || !all_succeeded(item)) {
        break_contract(item, "landing without all voting jobs passed");
    } else if (item.sequence < item.queue->last_landed_sequence) {
        break_contract(item, "landing out of queue order");
    } else {
        // What this queue landed since the attempt was prepared must be the chain that was tested, in its order. A
        // change of the chain may also have landed by another way.
        std::size_t next = attempt.queue_landings;
        const auto& sequence = item.queue->landed;
        for (std::size_t i = 0; i + 1 < attempt.chain.size(); ++i) {
            if (next < sequence.size() && sequence[next] == attempt.chain[i]) {
                ++next;
            } else if (!landings_.landed(attempt.chain[i])) {
                break_contract(item,
                               "landing on a state it was not tested on: " + cast_.changes[attempt.chain[i]].name +
                                   ", which was ahead in its builds, has not landed");
                return false;
            }
        }
        if (next != sequence.size())
            break_contract(item, "landing on a state it was not tested on: " + cast_.changes[sequence[next]].name +
                                     " landed and was not in its builds");
    }
    return broken_.empty();
}

}  // namespace gatesim
