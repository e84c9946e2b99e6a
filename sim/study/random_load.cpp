#include "study/random_load.hpp"

namespace gatesim {
namespace {

class Mixer {
public:
    Mixer(Scenario& scenario, const std::function<int(int)>& below) : s_(scenario), below_(below) {}

    void mix() {
        if (chance(40)) hours();
        if (chance(40)) bulk();
        if (chance(40)) events();
    }

private:
    int below(int n) { return below_(n); }
    bool chance(int percent) { return below(100) < percent; }
    Time moment() { return below(40) * 10 * kSecond; }

    /// A few short spans, so that they begin and end while changes come, and the rest of the week.
    void hours() {
        std::vector<WeeklyHours::Span> shifts;
        Time at = moment() / 4;
        for (int n = below(4); n > 0; --n) {
            const Time until = at + (1 + below(12)) * 10 * kSecond;
            shifts.push_back({at, until});
            at = until + below(20) * 10 * kSecond;
        }
        shifts.push_back({at, kWeek});
        ArrivalLoad& load = *s_.load.arrivals;
        load.hours = WeeklyHours::of(std::move(shifts));
        if (chance(30)) load.per.first = static_cast<RatePer>(below(4));
    }

    /// Changes that are alike, at one time.
    void bulk() {
        ListedChange change;
        change.project = static_cast<ProjectId>(below(static_cast<int>(s_.projects.size())));
        change.enqueue_at.emplace_back(0, moment());
        change.priority = below(3);
        change.jumps = chance(20);
        change.single = chance(20);
        if (chance(20)) change.breaks.push_back(static_cast<JobId>(below(4)));
        for (bulk_ = 1 + below(6); static_cast<int>(listed().changes.size()) < bulk_;) {
            change.id = "B" + std::to_string(listed().changes.size() + 1);
            listed().changes.push_back(change);
        }
    }

    void events() {
        static constexpr ScriptedEventKind kKinds[] = {ScriptedEventKind::enqueue,      ScriptedEventKind::approve,
                                                       ScriptedEventKind::abandon,      ScriptedEventKind::merge,
                                                       ScriptedEventKind::dequeue,      ScriptedEventKind::promote,
                                                       ScriptedEventKind::set_priority, ScriptedEventKind::set_single};
        for (int n = 1 + below(5); n > 0; --n) {
            ScriptedEvent event;
            event.at = moment();
            event.kind = kKinds[below(8)];
            event.changes = {any()};
            event.pipeline = 0;
            event.priority = below(5);
            event.single = chance(50);
            if (event.kind == ScriptedEventKind::promote && chance(50)) event.changes.push_back(any());
            listed().events.push_back(event);
        }
    }

    std::string any() {
        if (bulk_ > 0 && chance(30)) return "B" + std::to_string(1 + below(bulk_));
        return "c" + std::to_string(1 + below(static_cast<int>(s_.load.arrivals->limit)));
    }

    ListedLoad& listed() {
        if (!s_.load.listed) s_.load.listed.emplace();
        return *s_.load.listed;
    }

    Scenario& s_;
    const std::function<int(int)>& below_;
    int bulk_ = 0;
};

}  // namespace

void mix_load(Scenario& scenario, const std::function<int(int)>& below) {
    if (scenario.load.arrivals) Mixer(scenario, below).mix();
}

}  // namespace gatesim
