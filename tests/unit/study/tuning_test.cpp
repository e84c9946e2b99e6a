// Settings are chosen on luck that nobody is judged by, and rightly where the defaults are bad.
#include "study/tuning.hpp"

#include <gtest/gtest.h>

#include <set>

#include "scenario/load_scenario.hpp"
#include "scenario/parameter_text.hpp"
#include "strategy/registry.hpp"

namespace gatesim {
namespace {

/// A burst of sound changes and nodes without limit: the wider the window, the sooner they land.
Scenario burst(const std::string& strategy, const std::string& period = "terminating") {
    LoadOptions options;
    options.strategies = strategy_descriptions();
    const Loaded loaded = load_scenario_text(R"({"period": {"kind": ")" + period + R"(", "length": "30d"},
            "load": {"arrivals": {"rate": "1000/day", "hours": "Mo 0-2", "limit": 60}},
            "jobs": {"test": {"duration": {"dist": "lognormal", "median": "20m", "sigma": 0.2}}},
            "strategy": )" + strategy + "}",
                                             "burst.json", ".", options);
    EXPECT_TRUE(loaded.scenario) << text(loaded.diagnostics);
    return *loaded.scenario;
}

TuneSubject subject(const std::string& name, const std::string& period = "terminating") {
    const auto strategy = find_strategy(name);
    TuneSubject out{name, name, main_parameters(*strategy), {}, {}};
    if (out.main.empty()) return out;
    out.settings = settings_of(out.main);
    for (const ParameterValues& values : out.settings) {
        std::string text = R"({"name": ")" + name + "\"";
        for (std::size_t p = 0; p < values.size(); ++p)
            text += ", \"" + values[p].first + "\": " + value_json(out.main[p], values[p].second);
        out.scenarios.push_back(burst(text + "}", period));
    }
    return out;
}

GridOptions options_of(unsigned jobs) {
    GridOptions out;
    out.engine = "heap";
    out.jobs = jobs;
    out.looks = {4};
    return out;
}

Tuning asked(std::uint32_t runs) {
    Tuning out;
    out.metric = *find_metric("landing_time_s.p95");
    out.rounds = training_rounds(runs);
    return out;
}

double number(const Parameter& parameter, const ParameterValue& value) {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
    if (const auto* real = std::get_if<double>(&value)) return *real;
    return parameter.low;
}

TEST(Tuning, EveryStrategyNamesOneOrTwoMainParametersWithValuesThatItTakes) {
    std::set<std::string> without;
    for (const StrategyDescription& strategy : strategy_descriptions()) {
        const std::vector<Parameter> main = main_parameters(strategy);
        if (main.empty() && strategy.preset_of.empty()) without.insert(strategy.name);
        EXPECT_LE(main.size(), 2u) << strategy.name;
        EXPECT_LE(settings_of(main).size(), 12u) << strategy.name << ": too many for a training";
        for (const Parameter& p : main) {
            SCOPED_TRACE(strategy.name + " " + p.name);
            EXPECT_GE(p.tries.size(), 2u);
            EXPECT_NE(std::find(p.tries.begin(), p.tries.end(), p.value), p.tries.end()) << "the default is not tried";
            for (const ParameterValue& value : p.tries) {
                EXPECT_EQ(value.index(), p.value.index()) << "another kind of value";
                EXPECT_GE(number(p, value), p.low);
                EXPECT_LE(number(p, value), p.high);
                if (p.kind != ParameterKind::choice) continue;
                const std::string& word = std::get<std::string>(value);
                EXPECT_EQ(std::count(p.choices.begin(), p.choices.end(), word), 1) << word;
            }
        }
    }
    EXPECT_EQ(without, (std::set<std::string>{"exec", "oracle", "serial"}));
}

TEST(Tuning, APresetKeepsWhatItSets) {
    EXPECT_TRUE(main_parameters(*find_strategy("zuul-openstack")).empty());
    EXPECT_TRUE(main_parameters(*find_strategy("batch-bisect")).empty());
    EXPECT_EQ(main_parameters(*find_strategy("zuul-default")).size(), 2u);
}

TEST(Tuning, SettingsAreAllCombinationsWithTheDefaultsFirstAndOnce) {
    const std::vector<ParameterValues> all = settings_of(main_parameters(*find_strategy("zuul")));
    ASSERT_EQ(all.size(), 10u);
    EXPECT_EQ(all[0], (ParameterValues{{"window", std::int64_t{20}}, {"window_floor", std::int64_t{3}}}));
    EXPECT_EQ(all[1], (ParameterValues{{"window", std::int64_t{5}}, {"window_floor", std::int64_t{3}}}));
    for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(std::count(all.begin(), all.end(), all[i]), 1) << i;
}

TEST(Tuning, RoundsDouble) {
    EXPECT_EQ(training_rounds(16), (std::vector<std::uint32_t>{4, 8, 16}));
    EXPECT_EQ(training_rounds(2), (std::vector<std::uint32_t>{2}));
    EXPECT_EQ(training_rounds(5), (std::vector<std::uint32_t>{2, 5}));
}

TEST(Tuning, WhatLandsNothingIsWorseThanAnyTime) {
    const Metric& time = metrics()[*find_metric("landing_time_s.p95")];
    const Metric& landed = metrics()[*find_metric("landed_per_day")];
    const TuneScore fast{{}, 4, 4, 10.0}, slow{{}, 4, 4, 20.0}, seldom{{}, 4, 3, 5.0}, never{{}, 4, 0, std::nullopt};
    EXPECT_TRUE(is_better(time, fast, slow));
    EXPECT_FALSE(is_better(time, slow, fast));
    EXPECT_TRUE(is_better(landed, slow, fast));
    EXPECT_TRUE(is_better(time, slow, seldom));
    EXPECT_TRUE(is_better(time, seldom, never));
    EXPECT_FALSE(is_better(time, fast, fast));
    EXPECT_FALSE(is_better(time, never, never));
}

TEST(Tuning, ChoosesRightWhereTheDefaultIsBadForTheScenario) {
    const std::vector<TuneSubject> subjects = {subject("github"), subject("serial"), subject("aviator")};
    Tuning tuning = asked(4);
    Journal journal;
    ASSERT_EQ(tune(subjects, options_of(2), journal, tuning).text, "");
    ASSERT_EQ(tuning.arms.size(), 3u);
    const TunedArm& github = tuning.arms[0];
    EXPECT_EQ(github.scores[github.chosen].values, (ParameterValues{{"window", std::int64_t{0}}}));
    EXPECT_EQ(github.scores.front().runs, 4u) << "the defaults run to the end";
    EXPECT_LT(*github.scores[github.chosen].mean, 0.5 * *github.scores.front().mean);
    EXPECT_TRUE(tuning.arms[1].main.empty());
    EXPECT_EQ(tuning.arms[2].chosen, 0u) << "everything at once is the default already";
}

TEST(Tuning, NoReplicationIsBothTrainedOnAndJudged) {
    for (const std::string period : {"terminating", "steady"}) {
        const std::vector<TuneSubject> subjects = {subject("github", period)};
        Tuning tuning = asked(4);
        Journal journal;
        ASSERT_EQ(tune(subjects, options_of(2), journal, tuning).text, "");
        std::set<std::uint32_t> trained, judged;
        for (const auto& [key, record] : journal.records())
            if (record.series.empty()) trained.insert(key.replication);
        const std::size_t before = journal.records().size();
        const Scenario& chosen = subjects[0].scenarios[tuning.arms[0].chosen];
        ASSERT_EQ(run_grid({{"a", chosen}}, options_of(2), journal, [](const auto&) { return false; }).problem.text,
                  "");
        EXPECT_GT(journal.records().size(), before);
        for (const auto& [key, record] : journal.records())
            if (record.series.empty() && key.arm_sha256 == chosen.sha256 && !trained.count(key.replication))
                judged.insert(key.replication);
        EXPECT_EQ(trained, (std::set<std::uint32_t>{2000000001, 2000000002, 2000000003, 2000000004})) << period;
        EXPECT_EQ(judged, (std::set<std::uint32_t>{1, 2, 3, 4})) << period;
    }
}

TEST(Tuning, IsTheSameForAnyNumberOfJobsAndGoesOnFromAJournal) {
    const std::vector<TuneSubject> subjects = {subject("github"), subject("rebase-race")};
    Tuning one = asked(4), three = asked(4), again = asked(4);
    Journal a, b;
    ASSERT_EQ(tune(subjects, options_of(1), a, one).text, "");
    ASSERT_EQ(tune(subjects, options_of(3), b, three).text, "");
    EXPECT_EQ(tuning_json(one), tuning_json(three));
    const std::size_t done = a.records().size();
    ASSERT_EQ(tune(subjects, options_of(1), a, again).text, "");
    EXPECT_EQ(a.records().size(), done);
    EXPECT_EQ(tuning_json(one), tuning_json(again));
}

}  // namespace
}  // namespace gatesim
