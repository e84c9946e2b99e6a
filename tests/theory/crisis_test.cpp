// scenarios/crisis-2014: what dated facts alone make of a gate that was quiet in December 2013.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "measure/fact_numbers.hpp"
#include "measure/ranks.hpp"
#include "record/ledger.hpp"
#include "scenario/load_scenario.hpp"
#include "strategy/registry.hpp"
#include "study/replication.hpp"

namespace gatesim {
namespace {

// Days since the period's start, 13 November 2013.
constexpr int kDecember2 = 19, kDecember21 = 38, kJanuary6 = 54, kJanuary18 = 66, kJanuary24 = 72, kFebruary3 = 82;

/// Landings by day, and how long each day's fastest was under way since its last patch set.
class Landings final : public LedgerListener {
public:
    void on(const Event& event, const Ledger& ledger) override {
        if (event.kind == EventKind::uploaded) uploaded_[event.change] = event.at;
        if (event.kind != EventKind::landed) return;
        const auto known = uploaded_.find(event.change);
        const Time uploaded = known == uploaded_.end() ? ledger.cast().changes[event.change].uploaded : known->second;
        times_.push_back(event.at);
        const auto [day, first] = fastest_.try_emplace(static_cast<int>(event.at / kDay), event.at - uploaded);
        if (!first) day->second = std::min(day->second, event.at - uploaded);
    }

    double landed(int from, int until) const {
        const auto begin = std::lower_bound(times_.begin(), times_.end(), from * kDay);
        return static_cast<double>(std::lower_bound(begin, times_.end(), until * kDay) - begin);
    }
    double a_day(int from, int until) const { return landed(from, until) / (until - from); }
    double busiest(int from, int until) const {
        double most = 0;
        for (int day = from; day < until; ++day) most = std::max(most, landed(day, day + 1));
        return most;
    }
    double fewest(int from, int until) const { return fewest_in_a_day(times_, from * kDay, until * kDay); }
    double fastest_hours(int from, int until) const {
        std::vector<double> hours;
        for (int day = from; day < until; ++day)
            if (fastest_.contains(day)) hours.push_back(seconds(fastest_.at(day)) / 3600);
        std::sort(hours.begin(), hours.end());
        return quantile_of_sorted(hours, 0.5);
    }

private:
    std::map<ChangeId, Time> uploaded_;
    std::vector<Time> times_;
    std::map<int, Time> fastest_;
};

Landings winter(std::uint32_t replication, const std::vector<std::string>& sets = {}) {
    LoadOptions load;
    load.strategies = strategy_descriptions();
    load.sets = sets;
    const Loaded loaded = load_scenario(GATESIM_SOURCE_DIR "/scenarios/crisis-2014", load);
    Landings landings;
    if (!loaded.scenario) {
        ADD_FAILURE() << text(loaded.diagnostics);
        return landings;
    }
    ReplicationOptions options;
    options.engine = "heap";
    options.replication = replication;
    options.until = kFebruary3 * kDay;
    Cast cast;
    Ledger ledger(cast);
    ledger.add(landings);
    EXPECT_EQ(run_replication(*loaded.scenario, options, cast, {&ledger}).broken, "");
    return landings;
}

TEST(Crisis, DatedFactsBringTheStandstillAndItsEnd) {
    int stood_still = 0, waited_a_day = 0;
    for (const std::uint32_t replication : {1u, 2u, 3u}) {
        SCOPED_TRACE("replication " + std::to_string(replication));
        const Landings landings = winter(replication);
        EXPECT_GE(landings.a_day(kJanuary6, kJanuary24), 30);
        EXPECT_LE(landings.a_day(kJanuary6, kJanuary24), 50);
        EXPECT_GE(landings.busiest(kJanuary24, kFebruary3), 100);
        EXPECT_LE(landings.fastest_hours(kDecember2, kDecember21), 6) << "quiet weeks are quiet";
        stood_still += landings.fewest(kJanuary6, kFebruary3) <= 10;
        waited_a_day += landings.fastest_hours(kJanuary18, kJanuary24) >= 24;
    }
    EXPECT_GE(stood_still, 2);
    EXPECT_GE(waited_a_day, 2);
}

}  // namespace
}  // namespace gatesim
