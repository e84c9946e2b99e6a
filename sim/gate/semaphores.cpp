// Semaphores: who holds one, and who gets it next.
#include <algorithm>

#include "gate/gate.hpp"
#include "model/grants.hpp"

namespace gatesim {

bool Gate::take_semaphore(Item& item, const Job& job, bool requesting) {
    if (!job.semaphore || (requesting && job.semaphore->resources_first)) return true;
    SemaphoreState& semaphore = semaphores_[job.semaphore->semaphore];
    const Held self{item.id, job.id};
    if (std::find(semaphore.holders.begin(), semaphore.holders.end(), self) != semaphore.holders.end()) return true;
    const bool by_place = scenario_.semaphores[job.semaphore->semaphore].grants == Grants::in_order_of_queue;
    const auto asks = [&](const Asking& one) { return one.who == self; };
    if (by_place && std::none_of(semaphore.asking.begin(), semaphore.asking.end(), asks))
        semaphore.asking.push_back({self, item.queue->id, item.sequence});
    if (may_take(semaphore, self)) {
        in_order_of_queue(semaphore.asking);  // its turn is used up; who had it has the one of this one
        std::erase_if(semaphore.asking, asks);
        semaphore.holders.push_back(self);
        return true;
    }
    semaphore.waiting.push_back(item.queue->id);
    return false;
}

/// Whether it is free, and, where places count, for this one.
bool Gate::may_take(const SemaphoreState& semaphore, const Held& who) const {
    const auto free = semaphore.limit - static_cast<std::int64_t>(semaphore.holders.size());
    if (free <= 0 || semaphore.asking.empty()) return free > 0;
    std::vector<Asking> turns;
    for (const Asking& one : semaphore.asking)
        if (queues_[one.queue] && !paused(*queues_[one.queue])) turns.push_back(one);
    in_order_of_queue(turns);
    const auto asks = [&](const Asking& one) { return one.who == who; };
    const auto mine = std::find_if(turns.begin(), turns.end(), asks);
    return mine != turns.end() && mine - turns.begin() < free;
}

void Gate::release_semaphore(ItemId item, const Job& job) {
    if (!job.semaphore) return;
    SemaphoreState& semaphore = semaphores_[job.semaphore->semaphore];
    const Held self{item, job.id};
    const auto gone = std::erase(semaphore.holders, self) +
                      std::erase_if(semaphore.asking, [&](const Asking& one) { return one.who == self; });
    if (gone > 0) look_again(semaphore);
}

/// Those who wait for it may have their turn.
void Gate::look_again(SemaphoreState& semaphore) {
    for (QueueId queue : semaphore.waiting)
        if (queues_[queue]) stir_all(*queues_[queue]);
    semaphore.waiting.clear();
}

}  // namespace gatesim
