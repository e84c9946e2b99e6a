#include "load/people/review_sampled.hpp"

#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

#include "load/people/activity.hpp"
#include "load/people/working_time.hpp"

namespace gatesim {
namespace {

class SampledDesk final : public ReviewDesk {
public:
    SampledDesk(const Scenario& scenario, const SampledReview& review, const Rhythm& rhythm, Luck luck,
                Calendar& calendar, LoadDoor& door, ReviewListener& listener)
        : review_(review), luck_(luck), calendar_(calendar), door_(door), listener_(listener) {
        Clocks clocks(scenario.period);
        const auto add = [&](const std::string& zone, double weight) {
            places_.push_back({WorkingTime(clocks.of(zone), review.hours), nullptr, weight});
            if (review.by_rhythm)
                places_.back().rhythm =
                    std::make_unique<ActivityClock>(rhythm, scenario.period, clocks.of(zone), luck, 0, Doing::reading);
            weights_ += weight;
        };
        if (review.zones.empty()) add("", 1.0);
        for (const auto& [zone, weight] : review.zones) add(zone, weight);
    }

    void ask(ChangeId change, int patchset, bool lacking) override {
        withdraw(change);
        const std::uint64_t key = review_key(door_.cast().changes[change].name, patchset);
        const double latency = review_.latency.quantile(luck_.uniform(Purpose::review_latency, key));
        const Time when = place(key).after(calendar_.now(), from_seconds(latency));
        if (when == kNever) return;
        const Calendar::Handle answer = calendar_.at(
            when, Priority::deliver,
            [](void* self, std::uint64_t which) {
                static_cast<SampledDesk*>(self)->decide(static_cast<ChangeId>(which));
            },
            this, change);
        open_[change] = {patchset, lacking, key, answer};
    }

    void withdraw(ChangeId change) override {
        const auto found = open_.find(change);
        if (found == open_.end()) return;
        calendar_.cancel(found->second.answer);
        open_.erase(found);
    }

    std::size_t open() const override { return open_.size(); }

private:
    struct Open {
        int patchset = 0;
        bool lacking = false;
        std::uint64_t key = 0;
        Calendar::Handle answer;
    };

    /// Where some of those who decide live, and when they work there.
    struct Place {
        WorkingTime hours;
        std::unique_ptr<ActivityClock> rhythm;  ///< instead of the hours
        double weight = 1;

        Time after(Time from, Time work) const { return rhythm ? rhythm->after(from, work) : hours.after(from, work); }
    };

    /// Where the one who decides lives.
    const Place& place(std::uint64_t key) const {
        double left = luck_.uniform(Purpose::reviewer_zone, key) * weights_;
        for (const Place& place : places_) {
            if (left < place.weight) return place;
            left -= place.weight;
        }
        return places_.back();
    }

    void decide(ChangeId change) {
        const Open open = open_.at(change);
        open_.erase(change);
        const bool found = door_.has_defect(change) && luck_.chance(review_.care, Purpose::review_find, open.key);
        const bool refused =
            open.lacking || found || luck_.chance(review_.false_alarm, Purpose::review_verdict, open.key);
        Event event;
        event.kind = EventKind::voted;
        event.change = change;
        event.patchset = open.patchset;
        event.value = refused ? -1 : 2;
        if (found) event.cause = Cause::own_defect;
        door_.tell(event);
        if (!refused) {
            event.kind = EventKind::approved;
            event.value = 0;
            door_.tell(event);
        }
        listener_.reviewed(change, open.patchset, !refused);
    }

    const SampledReview& review_;
    Luck luck_;
    Calendar& calendar_;
    LoadDoor& door_;
    ReviewListener& listener_;
    std::vector<Place> places_;
    double weights_ = 0;
    std::unordered_map<ChangeId, Open> open_;
};

}  // namespace

std::unique_ptr<ReviewDesk> make_sampled_desk(const Scenario& scenario, const SampledReview& review,
                                              const Rhythm& rhythm, Luck luck, Calendar& calendar, LoadDoor& door,
                                              ReviewListener& listener) {
    return std::make_unique<SampledDesk>(scenario, review, rhythm, luck, calendar, door, listener);
}

}  // namespace gatesim
