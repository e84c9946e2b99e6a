// The facts of a replay against values worked out by hand.
#include "measure/evidence.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <sstream>

#include "measure/landing_facts.hpp"

namespace gatesim {
namespace {

using Kind = EvidenceKind;
using Verdict = EvidenceVerdict;

SimulatedLandings landings(std::initializer_list<std::pair<const char*, int>> list) {
    SimulatedLandings result;
    for (const auto& [change, second] : list) result.push_back({change, second * kSecond});
    return result;
}

std::vector<ObservedLanding> observed(std::initializer_list<std::pair<const char*, int>> list) {
    std::vector<ObservedLanding> result;
    for (const auto& [change, second] : list) result.push_back({change, second * kSecond, true});
    return result;
}

/// d and e landed at one instant; x is known by an estimate only.
std::vector<ObservedLanding> five_and_one() {
    auto real = observed({{"e", 1000}, {"a", 0}, {"b", 10}, {"c", 100}, {"d", 1000}});
    real.push_back({"x", 50 * kSecond, false});
    return real;
}

void expect_facts(const std::vector<double>& found, const std::vector<double>& expected) {
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i)
        EXPECT_NEAR(found[i], expected[i], 1e-12) << landing_fact_names()[i].name;
}

TEST(LandingFacts, of_reality_itself) {
    const ObservedOrder order(five_and_one());
    EXPECT_EQ(order.exact(), 5u);
    // Gaps 10 90 900 0: bursts of 3 and 2. Sorted gaps 0 10 90 900.
    expect_facts(landing_facts(order, order.as_simulated(), 120 * kSecond),
                 {1, 1, 2.5, 1, 3, 3, 7.5, 50, 292.5, 778.5});
}

TEST(LandingFacts, of_a_replication) {
    const ObservedOrder order(five_and_one());
    // b and a land at one instant, b first; d does not land; y is unknown and x has no exact time, so both are left
    // out.
    const auto replication = landings({{"x", 1}, {"b", 5}, {"a", 5}, {"c", 500}, {"y", 550}, {"e", 600}, {"c", 900}});
    // One of 6 pairs turned round. Neighbours ab no, bc yes, ce yes. Bursts of 2 and 2. Gaps 0 100 495.
    expect_facts(landing_facts(order, replication, 120 * kSecond),
                 {4.0 / 6, 2.0 / 3, 2, 1, 2, 2, 50, 100, 297.5, 455.5});
}

TEST(LandingFacts, an_order_unknown_in_reality_does_not_count) {
    const ObservedOrder order(five_and_one());
    std::vector<Time> times;
    for (const char* last : {"d", "e"}) {
        const std::string other = last == std::string("d") ? "e" : "d";
        const SimulatedLandings replication = {{"a", 1}, {"b", 2}, {"c", 3}, {other, 4}, {last, 5}};
        EXPECT_EQ(kendall_tau(order, order.positions(replication, times)), 1);
    }
    // Both before c: of the 9 pairs that count, dc and ec are turned round.
    const auto positions = order.positions(landings({{"a", 1}, {"b", 2}, {"e", 3}, {"d", 4}, {"c", 5}}), times);
    EXPECT_NEAR(kendall_tau(order, positions), 1 - 2 * 2.0 / 9, 1e-12);
}

TEST(LandingFacts, tau_agrees_with_counting_pairs) {
    std::vector<ObservedLanding> real;
    SimulatedLandings replication;
    unsigned state = 1;
    for (int i = 0; i < 101; ++i) {
        state = state * 1664525u + 1013904223u;
        real.push_back({"c" + std::to_string(i), static_cast<Time>(i / 3), true});
        replication.push_back({"c" + std::to_string(i), static_cast<Time>(state >> 8)});
    }
    double concordant = 0, discordant = 0;
    for (int i = 0; i < 101; ++i) {
        for (int j = i + 1; j < 101; ++j) {
            if (real[i].at == real[j].at) continue;
            (replication[i].at < replication[j].at ? concordant : discordant) += 1;
        }
    }
    const ObservedOrder order(real);
    std::vector<Time> times;
    EXPECT_NEAR(kendall_tau(order, order.positions(replication, times)),
                (concordant - discordant) / (concordant + discordant), 1e-12);
}

TEST(LandingFacts, a_gap_of_just_the_limit_still_chains) {
    EXPECT_EQ(burst_sizes({0, 120, 240, 361, 1000}, 120), (std::vector<std::size_t>{3, 1, 1}));
    EXPECT_TRUE(burst_sizes({}, 120).empty());
}

TEST(LandingFacts, too_little_is_undefined_not_zero) {
    const ObservedOrder order(observed({{"a", 0}, {"b", 5}}));
    for (const double fact : landing_facts(order, {}, kMinute)) EXPECT_TRUE(std::isnan(fact));
    const auto one = landing_facts(order, landings({{"a", 3}}), kMinute);
    EXPECT_TRUE(std::isnan(one[0]) && std::isnan(one[1]) && std::isnan(one[6]));
    EXPECT_EQ(one[2], 1) << "one landing is a burst of one";
}

/// Reality is one burst of 2 and two single landings. The rule makes the same bursts; the control scatters them.
EvidenceInput small_study() {
    EvidenceInput input;
    input.chance = Chance::none;  // what is the same in all three is certain
    input.observed = observed({{"a", 0}, {"b", 10}, {"c", 1000}, {"d", 3000}});
    input.length = kDay / 2;
    input.control = {landings({{"a", 0}, {"b", 500}, {"c", 1000}, {"d", 3000}}),
                     landings({{"b", 0}, {"a", 400}, {"c", 1000}}),
                     landings({{"a", 0}, {"b", 700}, {"c", 1000}, {"d", 3000}})};
    input.rules = {{"keeps-bursts",
                    {landings({{"a", 7}, {"b", 7}, {"c", 1000}, {"d", 3000}}),
                     landings({{"a", 0}, {"b", 20}, {"c", 1000}, {"d", 3000}}),
                     landings({{"a", 0}, {"b", 30}, {"c", 1100}, {"d", 2900}})}}};
    return input;
}

const EvidenceRow& row(const Evidence& evidence, const std::string& fact) {
    for (const EvidenceRow& one : evidence.rows) {
        if (one.fact == fact) return one;
    }
    throw std::runtime_error("no fact " + fact);
}

TEST(Evidence, puts_reality_control_and_rule_side_by_side) {
    const Evidence evidence = weigh_evidence(small_study());
    EXPECT_EQ(evidence.exact, 4u);
    EXPECT_EQ(evidence.replications, 3u);
    const EvidenceRow& bursts = row(evidence, "burst mean size");
    EXPECT_NEAR(bursts.observed, 4.0 / 3, 1e-12);
    EXPECT_EQ(bursts.control.values, (std::vector<double>{1, 1, 1}));
    EXPECT_NEAR(bursts.rules[0].mean, 4.0 / 3, 1e-12);
    EXPECT_EQ(bursts.verdicts[0], Verdict::nearer);

    const EvidenceRow& daily = row(evidence, "landings a day");
    EXPECT_EQ(daily.kind, Kind::input);
    EXPECT_EQ(daily.observed, 8);
    EXPECT_EQ(daily.control.values, (std::vector<double>{8, 6, 8}));
    EXPECT_EQ(daily.verdicts[0], Verdict::not_compared);
    // 8 6 8: mean 22/3, standard deviation 2/sqrt(3), Student's t for two degrees of freedom 4.3027.
    EXPECT_NEAR(daily.control.mean, 22.0 / 3, 1e-12);
    EXPECT_NEAR(daily.control.high - daily.control.mean, 4.302652730 * 2 / 3, 1e-6);
}

TEST(Evidence, what_the_control_matches_as_well_is_no_evidence) {
    EvidenceInput input = small_study();
    input.rules.push_back({"no-better", input.control});
    input.rules.push_back({"wrong-way-round", {3, landings({{"d", 0}, {"c", 1000}, {"b", 2000}, {"a", 3000}})}});
    const Evidence evidence = weigh_evidence(input);
    for (const EvidenceRow& one : evidence.rows) {
        if (one.kind != Kind::predicted) continue;
        EXPECT_EQ(one.verdicts[1], Verdict::as_near) << one.fact;
    }
    EXPECT_EQ(row(evidence, "order tau").rules[2].mean, -1);
    EXPECT_EQ(row(evidence, "order tau").verdicts[2], Verdict::farther);
}

std::size_t widest(const std::string& text);

TEST(Evidence, what_is_alike_by_luck_bounds_nothing) {
    EvidenceInput input = small_study();
    input.chance = Chance::some;
    input.rules.push_back({"no-better", input.control});
    const Evidence evidence = weigh_evidence(input);
    // In all three replications 4/3, and 1/3 nearer than without a gate; a fourth may be another story.
    const EvidenceRow& bursts = row(evidence, "burst mean size");
    EXPECT_NEAR(bursts.rules[0].mean, 4.0 / 3, 1e-12);
    EXPECT_TRUE(std::isnan(bursts.rules[0].low));
    EXPECT_EQ(bursts.verdicts[0], Verdict::not_compared);
    EXPECT_EQ(bursts.verdicts[1], Verdict::as_near) << "no replication differs";
}

TEST(EvidenceTable, prints_a_lopsided_interval_by_its_ends) {
    EvidenceInput input = small_study();
    // Landings a day 8 in seven replications and 2 in one: Student's half would be told for both sides.
    input.control.assign(8, input.control.front());
    input.control[3].resize(1);
    input.rules.clear();
    const EvidenceValue daily = row(weigh_evidence(input), "landings a day").control;
    EXPECT_GT(daily.mean - daily.low, 1.5 * (daily.high - daily.mean));
    const std::string table = evidence_table(weigh_evidence(input));
    EXPECT_NE(table.find("…"), std::string::npos) << table;
    EXPECT_LE(widest(table), 80u) << table;
}

TEST(Evidence, kinds_follow_from_where_the_enqueue_times_come) {
    EvidenceInput input = small_study();
    input.fitted = {"gap p50"};
    EXPECT_EQ(row(weigh_evidence(input), "gap p50").kind, Kind::fitted);
    EXPECT_EQ(row(weigh_evidence(input), "gap p25").kind, Kind::predicted);
    input.enqueued_from_landed = false;
    EXPECT_EQ(row(weigh_evidence(input), "landings a day").kind, Kind::predicted);
}

TEST(Evidence, one_replication_is_not_judged) {
    EvidenceInput input = small_study();
    input.control.resize(1);
    input.rules[0].replications.resize(1);
    const Evidence evidence = weigh_evidence(input);
    EXPECT_TRUE(std::isnan(row(evidence, "burst mean size").rules[0].low));
    EXPECT_EQ(row(evidence, "burst mean size").verdicts[0], Verdict::not_compared);
    EXPECT_NE(evidence_table(evidence).find("keeps-bursts: too few replications to judge."), std::string::npos);
}

/// Characters of the longest line.
std::size_t widest(const std::string& text) {
    std::size_t most = 0;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        std::size_t width = 0;
        for (const char c : line) width += (c & 0xC0) != 0x80;
        most = std::max(most, width);
    }
    return most;
}

TEST(EvidenceTable, fits_a_terminal_and_says_what_it_shows) {
    EvidenceInput input = small_study();
    input.rules.push_back({"nearest-non-failing", input.control});
    input.rules.push_back({"a-rule-with-a-name-that-is-much-too-long", input.control});
    const std::string table = evidence_table(weigh_evidence(input));
    EXPECT_LE(widest(table), 80u) << table;
    EXPECT_NE(table.find("4 real landings, 4 with an exact time; 3 replications"), std::string::npos) << table;
    EXPECT_NE(table.find("nearest-non-\n"), std::string::npos) << table;
    EXPECT_NE(table.find("burst mean size    predicted     1.33            1        1.33 +           1 ="),
              std::string::npos)
        << table;
    EXPECT_NE(table.find("landings a day     input"), std::string::npos) << table;
    EXPECT_NE(table.find("nearest-non-failing: nothing here speaks for this rule. No evidence in"), std::string::npos)
        << table;
}

TEST(EvidenceTable, large_and_odd_numbers_keep_their_columns) {
    EvidenceInput input;
    for (int i = 0; i < 50; ++i) input.observed.push_back({"c" + std::to_string(i), i * i * kHour, true});
    for (int r = 0; r < 2; ++r) {
        SimulatedLandings one;
        for (int i = 0; i < 50; ++i) one.push_back({"c" + std::to_string((i * 7 + r) % 50), i * (r + 1) * 100 * kDay});
        input.control.push_back(one);
    }
    input.rules = {{"x", input.control}, {"y", {}}};
    input.length = 7 * kDay;
    EXPECT_LE(widest(evidence_table(weigh_evidence(input))), 80u) << evidence_table(weigh_evidence(input));
    EXPECT_LE(widest(evidence_table(weigh_evidence({}))), 80u);
}

}  // namespace
}  // namespace gatesim
