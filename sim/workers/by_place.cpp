// Who gets nodes where places in a queue count (Grants::in_order_of_queue).
#include <algorithm>
#include <iterator>

#include "model/grants.hpp"
#include "workers/workers.hpp"

namespace gatesim {

struct Workers::Turn {
    Key key;
    QueueId queue;
    std::uint64_t place;
    std::size_t label;
};

/// Of those with equal precedence and priority, in order of age: the turns of a queue go to who stands furthest ahead.
void Workers::put_in_turn(std::vector<Turn>& turns) const {
    const auto together = [&](const Turn& a, const Turn& b) {
        return a.key.precedence == b.key.precedence && a.key.relative_priority == b.key.relative_priority;
    };
    const auto by_place = [&](const Turn& one) -> bool { return by_place_[one.label]; };
    for (auto from = turns.begin(); from != turns.end();) {
        const auto until = std::find_if(from, turns.end(), [&](const Turn& one) { return !together(*from, one); });
        std::vector<Turn> those;
        std::copy_if(from, until, std::back_inserter(those), by_place);
        in_order_of_queue(those);
        auto next = those.begin();
        for (; from != until; ++from)
            if (by_place(*from)) *from = *next++;
    }
}

/// As hand_out(). Who goes first uses up the turn of who is older; that one has its turn then,
/// so that no queue waits longer than by age.
void Workers::hand_out_by_place() {
    std::vector<Turn> asked;
    for (std::size_t label = 0; label < waiting_.size(); ++label)
        for (const Key& key : waiting_[label]) {
            const Request& request = *requests_.find(key.id);
            asked.push_back({key, request.queue, request.place, label});
        }
    std::sort(asked.begin(), asked.end(), [](const Turn& a, const Turn& b) { return a.key < b.key; });
    std::vector<Turn> turns = asked;
    put_in_turn(turns);
    for (const Turn& turn : turns)
        if (!done_[turn.label]) serve(turn.key.id, turn.label);
    for (std::size_t i = 0; i < turns.size(); ++i) {
        auto& waiting = waiting_[turns[i].label];
        if (turns[i].key.age == asked[i].key.age || waiting.erase(turns[i].key) == 0) continue;
        Request& request = *requests_.find(turns[i].key.id);
        request.key.age = asked[i].key.age;
        waiting.insert(request.key);
    }
}

}  // namespace gatesim
