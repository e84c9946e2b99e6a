// Each way in which a strategy could write what it is judged by, and beside it what it may do instead. forge_test.py
// compiles the file twice: with FORGE every first half has to be an error, without it every second half has to compile.
#include <utility>

#include "gate/door.hpp"
#include "strategy/strategy.hpp"

#ifdef FORGE
#define EITHER(forged, honest) forged
#else
#define EITHER(forged, honest) honest
#endif

namespace gatesim {
namespace {

template <class T>
void see(const T&) {}

void results(Item& item) {
    EITHER(item.attempt.change(0).result = Result::success, see(item.attempt.slots[0].result));
    EITHER(item.attempt.slots[0].built = true, see(item.attempt.slots[0].built));
    EITHER(item.attempt.slots = std::vector<JobSlot>(), see(item.attempt.slots));
    EITHER([](JobSlot&) {}(item.attempt.slots.front()), [](const JobSlot&) {}(item.attempt.slots.front()));
    EITHER(item.attempt.merge = MergeState::clean, see(item.attempt.merge == MergeState::clean));
    EITHER(item.attempt.config_error = false, see(!item.attempt.config_error));
    EITHER(item.attempt.graph = nullptr, see(item.attempt.graph->jobs));
    EITHER(item.attempt.graph->jobs.clear(), see(item.attempt.graph->jobs.size()));
    EITHER(std::swap(item.attempt.slots, item.attempt.slots), see(item.attempt.slots.size()));
}

void states(Item& item, Item& other) {
    EITHER(item.attempt = other.attempt, see(item.attempt.id == other.attempt.id));
    EITHER(item.attempt.chain = other.attempt.chain, see(item.attempt.chain->size() == other.attempt.chain->size()));
    EITHER(item.attempt.base = other.attempt.base, see(item.attempt.base == other.attempt.base));
    EITHER(item.attempt.queue_landings = 0, see(item.attempt.queue_landings));
    EITHER(item = other, item.mark = other.mark);
    EITHER(Item copy(item), const Item& same(item); see(same));
    EITHER(item.parts = other.parts, see(item.parts.empty()));
    EITHER(++item.landed_ahead, see(item.landed_ahead + 1));
    EITHER(item.members = 1, see(item.members == 1));
    EITHER(item.only.open().clear(), see(item.only.empty()));
}

void verdicts(Item& item) {
    EITHER(item.landed = true, see(item.landed));
    EITHER(item.reported = false, see(item.reported));
    EITHER(item.passed = true, see(item.passed));
    EITHER(item.refuted = false, see(item.refuted));
    EITHER(item.departed = false, see(item.departed));
    EITHER(item.branch = 7, see(item.branch));
    EITHER(item.heads = 7, see(item.heads));
    EITHER(item.live = false, see(item.live));
    EITHER(item.idle_resets = 0, see(item.idle_resets));
    EITHER(item.attempt.failing.open().clear(), see(item.failing()));
}

void places(Gate& gate, Queue& queue, Item& item, Item& other) {
    EITHER(item.ahead = &other, gate.rebase(item, &other, {}));
    EITHER(item.next = nullptr, see(item.next));
    EITHER(item.queue = nullptr, see(item.queue->length));
    EITHER(item.change = other.change, see(item.change == other.change));
    EITHER(item.patchset = 1, see(item.patchset));
    EITHER(item.sequence = 0, see(item.sequence));
    EITHER(item.cycle->members.open().clear(), see(item.cycle->members.size()));
    EITHER(queue.append(item), see(queue.last));
    EITHER(queue.remove(item), gate.leave(item, Outcome::failure, {}));
    EITHER(queue.first = nullptr, see(queue.first));
    EITHER(queue.trials.open().clear(), see(queue.trials.size()));
    EITHER(queue.landed.open().push_back(0), see(queue.landed.size()));
    EITHER(queue.last_landed_sequence = 0, see(queue.last_landed_sequence));
    EITHER(queue.branch = 0, see(queue.branch));
    EITHER(queue.checked = Queue::Checked(), see(queue.checked->next));
    EITHER(queue.happenings.open().note(0, 0), see(queue.happenings->now()));
    EITHER(queue.repeats.open().states.clear(), see(queue.repeats->opened));
    EITHER(queue.idle_timers = 0, queue.rung.clear());
}

void facts(Gate& gate, Item& item) {
    EITHER(gate.build_done({}, 0, 0, Result::success, {}, nullptr), see(gate.complete(item)));
    EITHER(gate.merge_done(item.id, 0, 0, true), see(gate.prepare(item)));
    EITHER(gate.nodes_done({}, 0, true), see(gate.request_nodes(item)));
    EITHER(gate.presubmits_passed(item.change), see(gate.presubmits_hold(item)));
    EITHER(gate.approve(item.change), see(gate.change(item)));
    EITHER(gate.merged_outside(item.change), see(gate.landed(item)));
    EITHER(gate.promote({}, 0), see(gate.landings().mark()));
    EITHER(gate.iterate(0), see(gate.broken()));
    EITHER(gate.handle_result(item, 0, Result::success, nullptr), see(gate.all_succeeded(item)));
    EITHER(gate.land_now(item, {}, {}), see(gate.report(item)));
    EITHER(static_cast<GateDoor&>(gate).iterate(0), see(gate));
    EITHER(dynamic_cast<GateDoor*>(&gate)->iterate(0), see(gate));
}

void world(Gate& gate, Item& item) {
    EITHER(gate.landings().add(item.change), see(gate.landings().landed(item.change)));
    EITHER(gate.change(item).patchset = 2, see(gate.change(item).patchset));
    EITHER(gate.scenario().job_names.clear(), see(gate.scenario().job_names));
    EITHER(gate.outside_.submit(item.change), see(gate.pipeline(*item.queue)));
    EITHER(gate.reviews_.clear(), see(gate.jobs_of(item)));
}

}  // namespace

/// So that nobody warns of functions that are not called.
void all_ways(Gate& gate, Queue& queue, Item& item, Item& other) {
    results(item);
    states(item, other);
    verdicts(item);
    places(gate, queue, item, other);
    facts(gate, item);
    world(gate, item);
}

}  // namespace gatesim
