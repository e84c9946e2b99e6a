// Keyed random draws: the same question always gets the same answer.
//
// A draw is named by (seed, replication, purpose, entity, attempt) and computed from that name alone, by a
// counter-based generator (Random123's Philox). Nobody's luck depends on how many draws somebody else made, so two
// strategies on one seed see the same changes, defects and durations.
#pragma once

#include <cstdint>

namespace gatesim {

/// What a draw is for. Append only: the numbers are part of every result.
enum class Purpose : std::uint32_t {
    arrival_gap = 1,
    arrival_project = 2,
    defect = 3,
    defect_job = 4,
    semantic_conflict = 5,
    textual_conflict = 6,
    semantic_job = 7,
    flake = 8,
    no_result = 9,
    duration = 10,
    boot = 11,
    launch_failure = 12,
    merge_time = 13,
    failed_submit = 14,
    comes_back = 15,
    comes_back_after = 16,
    withdraw = 17,
    footprint_size = 18,
    footprint_target = 19,
    footprint_large = 20,
    signal_passes = 21,
    signal_conflict = 22,
    signal_duration = 23,
    selection = 24,
    repair = 25,
    // people: contributors
    person_activity = 26,
    person_zone = 27,
    person_hours = 28,
    person_skill = 29,
    person_project = 30,
    change_start = 31,
    change_size = 32,
    change_kind = 33,
    change_series = 34,
    change_needs = 35,
    patchset_gap = 36,
    reaction = 37,
    recheck = 38,
    give_up = 39,
    rework = 40,
    burst = 41,
    // people: reviewers
    reviewer_zone = 42,
    reviewer_care = 43,
    review_effort = 44,
    review_verdict = 45,
    review_choice = 46,
    review_latency = 47,
    review_find = 48,
    // trouble that comes from outside
    trouble_gap = 49,
    trouble_length = 50,
    trouble_hit = 51,
    notice = 52,
    // pushes past the queue
    push_gap = 53,
    push_project = 54,
    arrival_kind = 55,
    push_share = 56,
    // runs that nobody hears of, and runs that hang
    never_reports = 57,
    hang = 58,
    // lives of nodes, by pool and node
    node_provision = 59,
    node_boot = 60,
    node_launch = 61,
    node_stop = 62,
    node_taken = 63,
    // races
    race_hit = 64,
    race_birth = 65,
    race_strength = 66,
    race_job = 67,
    race_factor = 68,
    race_place = 69,
    race_fades = 70,
    race_look = 71,
    race_classify = 72,
    race_fix = 73,
    race_revert = 74,
    race_person = 75,
};

/// The luck of one replication. Cheap to copy.
class Luck {
public:
    Luck(std::uint64_t seed, std::uint32_t replication) : seed_(seed), replication_(replication) {}

    /// A uniform number in the open interval (0, 1), 52 random bits.
    double uniform(Purpose purpose, std::uint64_t entity, std::uint64_t attempt = 0) const;

    /// True with the given probability; never for 0, always for 1.
    bool chance(double probability, Purpose purpose, std::uint64_t entity, std::uint64_t attempt = 0) const;

    std::uint64_t seed() const { return seed_; }
    std::uint32_t replication() const { return replication_; }

private:
    std::uint64_t seed_;
    std::uint32_t replication_;
};

/// One number for a pair of things, the same in either order.
std::uint64_t pair_key(std::uint32_t a, std::uint32_t b);

/// One number for several, order matters (splitmix64 of each in turn).
std::uint64_t join_key(std::uint64_t a, std::uint64_t b);

}  // namespace gatesim
