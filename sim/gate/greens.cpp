#include "gate/greens.hpp"

#include "gate/gate.hpp"
#include "model/mixed.hpp"

namespace gatesim {

/// One number for the patch sets of the chain.
std::uint64_t Greens::heads_of(const Item& item) const {
    const auto patchset_of = [&](ChangeId change) {
        if (change == item.change) return int{item.patchset};
        for (const Item* other : gate_.items_of_[change])
            if (other->queue == item.queue && other->sequence < item.sequence) return int{other->patchset};
        const int landed = gate_.reviews_[change].landed;
        return landed != 0 ? landed : gate_.change(change).patchset;
    };
    std::uint64_t heads = 0;
    for (const ChangeId change : item.attempt.chain)
        heads = mixed(mixed(heads, change + 1), static_cast<std::uint64_t>(patchset_of(change)));
    return heads;
}

/// The place of what was last done to the branches that the change stands on.
std::uint64_t Greens::base_of(const Item& item) const {
    const auto order = gate_.landings().order();
    const auto& pipelines = gate_.scenario().pipelines;
    const auto concerns = [&](ChangeId other) {
        for (PipelineId p = 0; p < pipelines.size(); ++p)
            if (gate_.share_a_queue(other, item.change, p)) return true;
        return false;
    };
    std::uint64_t place = item.attempt.base;
    while (place > 0 && !concerns(order[place - 1])) --place;
    return place;
}

std::uint64_t Greens::state_of(const Item& item) const {
    return mixed(mixed(heads_of(item), base_of(item)), landed_again_);
}

void Greens::keep(const Item& item, std::size_t slot, const std::vector<std::string>* child_jobs) {
    const Job& job = *item.attempt.graph->jobs[slot];
    if (!job.reuses_green) return;
    Green& green = known_[mixed(item.attempt.state, job.id)];
    green.build = item.attempt.slots[slot].build;
    green.child_jobs.reset();
    if (child_jobs) green.child_jobs = *child_jobs;
}

const Greens::Green* Greens::find(const Item& item, std::size_t slot) const {
    const Job& job = *item.attempt.graph->jobs[slot];
    if (!job.reuses_green) return nullptr;
    const auto known = known_.find(mixed(item.attempt.state, job.id));
    return known == known_.end() ? nullptr : &known->second;
}

}  // namespace gatesim
