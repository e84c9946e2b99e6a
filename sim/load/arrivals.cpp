// Changes that arrive as a Poisson stream.
#include <cmath>

#include "load/arrival_clock.hpp"
#include "load/size.hpp"
#include "load/source.hpp"

namespace gatesim {
namespace {

class ArrivalsSource final : public Source {
public:
    ArrivalsSource(const Scenario& scenario, Luck luck)
        : scenario_(scenario), load_(*scenario.load.arrivals), luck_(luck), clock_(load_, scenario.period) {
        for (const auto& [project, weight] : load_.projects) total_weight_ += weight;
    }

    std::string start(Calendar& calendar, LoadDoor& door) override {
        calendar_ = &calendar;
        door_ = &door;
        schedule_next();
        return {};
    }

private:
    void schedule_next() {
        if (load_.limit != 0 && number_ >= load_.limit) return;
        if (!clock_.go_on(-std::log(luck_.uniform(Purpose::arrival_gap, number_)))) return;
        const Time at = from_seconds(clock_.now());  // rounded once, not summed up
        if (at > scenario_.period.length) return;
        calendar_->at(
            at, Priority::deliver, [](void* self, std::uint64_t) { static_cast<ArrivalsSource*>(self)->arrive(); },
            this);
    }

    void arrive() {
        Change change;
        change.name = "c" + std::to_string(number_ + 1);
        change.project = pick_project();
        pick_kind(change);
        ++number_;
        door_->enqueue(door_->introduce(std::move(change)), landing_pipeline(scenario_), Why::arrived);
        schedule_next();
    }

    void pick_kind(Change& change) const {
        if (load_.kinds.empty()) return;
        double left = luck_.uniform(Purpose::arrival_kind, number_);
        for (const ChangeKind& kind : load_.kinds) {
            if (left < kind.share) return become(kind, change);
            left -= kind.share;
        }
    }

    void become(const ChangeKind& kind, Change& change) const {
        change.kind = kind.name;
        change.priority = kind.priority;
        change.single = kind.single;
        change.jumps = kind.jumps;
        change.breaks = kind.breaks;
        if (!kind.lines) return;
        change.lines = lines_of_change(lines_at(*kind.lines, luck_.uniform(Purpose::change_size, number_)));
    }

    ProjectId pick_project() const {
        if (load_.projects.empty()) return 0;
        if (load_.projects.size() == 1) return load_.projects.front().first;
        double left = luck_.uniform(Purpose::arrival_project, number_) * total_weight_;
        for (const auto& [project, weight] : load_.projects) {
            if (left < weight) return project;
            left -= weight;
        }
        return load_.projects.back().first;
    }

    const Scenario& scenario_;
    const ArrivalLoad& load_;
    Luck luck_;
    ArrivalClock clock_;
    double total_weight_ = 0;
    Calendar* calendar_ = nullptr;
    LoadDoor* door_ = nullptr;
    std::uint64_t number_ = 0;
};

}  // namespace

std::unique_ptr<Source> make_arrivals_source(const Scenario& scenario, Luck luck) {
    return std::make_unique<ArrivalsSource>(scenario, luck);
}

}  // namespace gatesim
