#include "support/node_story.hpp"

#include <algorithm>

#include "kernel/engine.hpp"
#include "record/node_lives.hpp"
#include "study/world.hpp"

namespace gatesim {

namespace {

class Keeper final : public Observer {
public:
    explicit Keeper(std::vector<Event>& events) : events_(events) {}
    void on(const Event& event) override {
        events_.push_back(event);
        events_.back().chain = {};
        events_.back().members = {};
        events_.back().at_fault = {};
    }

private:
    std::vector<Event>& events_;
};

}  // namespace

NodeStory::NodeStory(const std::string& rule, ParameterValues values) : story_("zuul") {
    story_.job("unit", 600);
    pool().nodes = 0;
    PoolLife& life = pool().life.emplace();
    life.scaling = {rule, std::move(values)};
}

void NodeStory::job_takes(double seconds) {
    scenario().projects.front().pipelines.front().jobs.front().duration.a = seconds;
}

void NodeStory::run() {
    if (ran_) return;
    ran_ = true;
    Calendar calendar;
    Cast cast;
    Keeper keeper(events_);
    World world(scenario(), Luck(1, 1), calendar, cast, {&keeper}, {});
    broken_ = world.start();
    make_heap_engine()->run(calendar, kNever, [&] {
        world.instant_over();
        return !world.broken().empty();
    });
    stuck_ = world.account_for_the_rest();
    broken_ += world.broken();
    world.end(false);
    for (const Change& change : cast.changes) names_.push_back(change.name);
}

std::string NodeStory::nodes() {
    run();
    std::string out;
    for (const Event& e : events_) {
        const std::string when = std::to_string(e.at / kSecond), node = " " + std::to_string(e.node);
        const char* why = e.value >= 0 && e.value <= 6 ? node_end_name(static_cast<NodeEnd>(e.value)) : "";
        switch (e.kind) {
            case EventKind::node_asked:
                out += when + " asked" + node + "\n";
                break;
            case EventKind::node_booting:
                out += when + " booting" + node + "\n";
                break;
            case EventKind::node_up:
                out += when + " up" + node + "\n";
                break;
            case EventKind::node_stopping:
                out += when + " stopping" + node + " " + why + "\n";
                break;
            case EventKind::node_killed:
                out += when + " killed" + node + " " + why + "\n";
                break;
            case EventKind::node_gone:
                out += when + " gone" + node + "\n";
                break;
            case EventKind::build_started:
                out += when + " " + names_[e.change] + "/unit\n";
                break;
            case EventKind::landed:
                out += when + " " + names_[e.change] + " landed\n";
                break;
            default:
                break;
        }
    }
    return out;
}

int NodeStory::count(EventKind kind) {
    run();
    return static_cast<int>(
        std::count_if(events_.begin(), events_.end(), [kind](const Event& e) { return e.kind == kind; }));
}

Time NodeStory::time_of(EventKind kind, std::size_t n) {
    run();
    for (const Event& e : events_)
        if (e.kind == kind && n-- == 0) return e.at;
    return kNever;
}

PoolId NodeStory::pool_of(EventKind kind, std::size_t n) {
    run();
    for (const Event& e : events_)
        if (e.kind == kind && n-- == 0) return e.pool;
    return kNone;
}

int NodeStory::most_up() {
    run();
    int up = 0, most = 0;
    for (const Event& e : events_) most = std::max(most, up += nodes_added(e));
    return most;
}

const std::string& NodeStory::broken() {
    run();
    return broken_;
}

const std::string& NodeStory::stuck() {
    run();
    return stuck_;
}

}  // namespace gatesim
