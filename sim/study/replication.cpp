#include "study/replication.hpp"

#include <algorithm>
#include <array>

#include "kernel/endless.hpp"
#include "kernel/engine.hpp"
#include "kernel/simgrid_engine.hpp"
#include "record/words.hpp"
#include "study/world.hpp"

namespace gatesim {
namespace {

/// Remembers the last things that happened, for the message about a broken contract.
class LastWords final : public Observer {
public:
    explicit LastWords(const Cast& cast) : cast_(cast) {}

    void on(const Event& event) override {
        if (event.kind == EventKind::waits) return;  // the same words whoever listens
        Event& kept = last_[heard_++ % kKept];
        kept = event;
        kept.chain = {};
    }

    std::string text() const {
        std::string result;
        for (std::uint64_t i = heard_ - std::min<std::uint64_t>(heard_, kKept); i < heard_; ++i) {
            const Event& e = last_[i % kKept];
            result += "\n  " + seconds_text(e.at) + " s  " + event_name(e.kind);
            if (e.change != kNone) result += " " + change_name(cast_, e.change);
            if (e.job != kNone) result += " " + job_name(cast_, e.job);
            if (e.reason.why != Why::none) result += " (" + reason_text(e.reason, cast_) + ")";
        }
        return result;
    }

private:
    static constexpr std::size_t kKept = 20;
    const Cast& cast_;
    std::array<Event, kKept> last_;  // a ring, because every event passes here
    std::uint64_t heard_ = 0;
};

bool wants_simgrid(const Scenario& scenario) {
    for (const Pool& pool : scenario.pools)
        if (pool.compute == Compute::simgrid) return true;
    return false;
}

std::string engine_problem(const Scenario& scenario, const std::string& engine) {
    if (engine != "heap" && !kSimgridThere)
        return "this gatesim was built without SimGrid (a bundle has none); use --engine heap, which gives the same "
               "results";
    if (engine != "heap" || !wants_simgrid(scenario)) return "";
    if (!kSimgridThere)
        return "a pool computes with simgrid, and this gatesim was built without SimGrid (a bundle has none); use "
               "compute: ps";
    return "a pool computes with simgrid, which the plain heap cannot; use --engine simgrid, or compute: ps";
}

}  // namespace

ReplicationResult run_replication(const Scenario& scenario, const ReplicationOptions& options, Cast& cast,
                                  std::vector<Observer*> observers) {
    ReplicationResult result;
    result.unreadable = engine_problem(scenario, options.engine);
    if (!result.unreadable.empty()) return result;
    LastWords last_words(cast);
    observers.push_back(&last_words);
    Calendar calendar;
    std::unique_ptr<Engine> engine;
    ProcessorFactory simgrid_processor;
    if (options.engine == "heap") {
        engine = make_heap_engine();
    } else {
        auto simgrid = make_simgrid_engine(calendar);
        simgrid_processor = [&world = *simgrid](const Pool& pool, std::size_t machines) {
            return world.make_processor(pool.name, machines, pool.cores_per_host);
        };
        engine = std::move(simgrid);
    }
    World world(scenario, Luck(options.seed, options.replication), calendar, cast, std::move(observers),
                simgrid_processor);
    if (options.source) world.load_from(options.source(scenario, Luck(options.seed, options.replication)));
    result.unreadable = world.start();
    if (!result.unreadable.empty()) return result;
    try {
        engine->run(calendar, options.until, [&] {
            world.instant_over();
            return !world.broken().empty() || world.failed() || (options.stop && options.stop());
        });
        world.instant_over();
    } catch (const EndlessInstant& problem) {  // what led there is worth telling
        result.broken = problem.what() + ("\nlast events:" + last_words.text());
        return result;
    }
    result.cut = calendar.next() != kNever;
    result.events = calendar.fired();
    result.unreadable = world.load_failure();
    result.rows = world.load_rows();
    result.missed = world.missed_events();
    if (!result.cut && world.broken().empty() && !world.failed()) result.stuck = world.account_for_the_rest();
    if (!world.broken().empty())
        (world.blameless() ? result.unavailable : result.broken) =
            world.broken() + (world.blameless() ? "" : "\nlast events:" + last_words.text());
    world.end(result.cut);
    return result;
}

}  // namespace gatesim
