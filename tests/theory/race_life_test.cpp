// scenarios/race-life: how many races are known at a time follows from births, strength, load and what people do.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "kernel/engine.hpp"
#include "scenario/load_scenario.hpp"
#include "strategy/registry.hpp"
#include "study/world.hpp"

namespace gatesim {
namespace {

constexpr Time kWarm = 800 * kDay;  ///< until as many are alive as there will be

/// Races that somebody knows of, after the warm-up.
struct Known : Observer {
    void on(const Event& e) override {
        if (e.race == kNone) return;
        if (e.at > kWarm) area += open * seconds(e.at - std::max(last, kWarm));
        last = e.at;
        if (e.kind == EventKind::race_noticed) {
            noticed[e.race] = e.at;
            ++open;
            births += e.at >= kWarm;
        }
        if (e.kind != EventKind::race_fixed || noticed.count(e.race) == 0) return;
        --open;
        if (e.at >= kWarm) lives.push_back(seconds(e.at - noticed[e.race]) / 86400);
    }

    Time last = 0;
    double open = 0, area = 0, births = 0;
    std::map<RaceId, Time> noticed;
    std::vector<double> lives;  ///< days
};

struct Figures {
    double births_a_month = 0, open = 0, median_days = 0;
};

Figures years_of(const std::string& classification, std::uint32_t replications) {
    LoadOptions options;
    options.strategies = strategy_descriptions();
    options.sets = {"/failures/races/classification=" + classification};
    const Loaded loaded = load_scenario(GATESIM_SOURCE_DIR "/scenarios/race-life", options);
    EXPECT_TRUE(loaded.scenario) << text(loaded.diagnostics);
    Figures out;
    std::vector<double> lives;
    const double days = seconds(loaded.scenario->period.length - kWarm) / 86400 * replications;
    for (std::uint32_t replication = 1; replication <= replications; ++replication) {
        Calendar calendar;
        Cast cast;
        Known known;
        World world(*loaded.scenario, Luck(1, replication), calendar, cast, {&known}, {});
        EXPECT_EQ(world.start(), "");
        make_heap_engine()->run(calendar, kNever, [&] { return !world.broken().empty(); });
        world.end(false);
        out.births_a_month += known.births / days * 365.25 / 12;
        out.open += known.area / 86400 / days;
        lives.insert(lives.end(), known.lives.begin(), known.lives.end());
    }
    std::sort(lives.begin(), lives.end());
    out.median_days = lives.at(lives.size() / 2);
    return out;
}

// OpenStack's record of 2013 to 2019: 14 fingerprints a month, half of them gone after 92 days, 85 there at a time.
TEST(RaceLife, AsManyAreKnownAtATimeAsTheRecordHas) {
    const Figures on = years_of("on", 3);
    EXPECT_NEAR(on.births_a_month, 14, 1.4);
    EXPECT_NEAR(on.median_days, 92, 9.2);
    EXPECT_NEAR(on.open, 85, 8.5);
}

TEST(RaceLife, WithoutClassificationTheyLiveLonger) {
    const Figures on = years_of("on", 1), off = years_of("off", 1);
    EXPECT_GT(off.open, 1.3 * on.open);
    EXPECT_GT(off.median_days, 1.3 * on.median_days);
}

}  // namespace
}  // namespace gatesim
