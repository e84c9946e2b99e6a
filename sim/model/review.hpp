// How patch sets are reviewed (`load.people.review`).
//
// Plain data. Shares and chances are from 0 to 1; lengths of time in seconds where a distribution gives them, else
// Time.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "chance/distribution.hpp"
#include "model/ids.hpp"
#include "model/time.hpp"
#include "model/weekly_hours.hpp"

namespace gatesim {

/// Review as a delay: nobody is modelled, a decision comes after a time.
struct SampledReview {
    Distribution latency;    ///< working time of the deciding reviewer, from being asked to the decision
    double care = 0;         ///< chance that a defect which is there is found
    double false_alarm = 0;  ///< chance that changes are asked for although nothing is wrong
    std::vector<std::pair<std::string, double>> zones;  ///< where reviewers are, by weight; empty = the period's zone
    WeeklyHours hours;                                  ///< when they work there; none = day and night
    bool by_rhythm = false;                             ///< instead: by the rhythm of those who write
};

/// Reviewers who are alike.
struct ReviewerClass {
    std::string name;  ///< "core": its people are core1, core2 …
    int count = 1;
    bool approves = true;  ///< their votes let a patch set land (+2); others say +1, and find defects
    int asked = 1;         ///< of a class that does not approve: how many are asked for each patch set
    std::vector<std::pair<std::string, double>> zones;  ///< where they live: so many of them by these weights
    WeeklyHours hours;                                  ///< of each of them, by the clock there; none = day and night
    double share = 1;     ///< of their working time goes to reviews: after a review they do other work in proportion
    Distribution effort;  ///< of reading a change of no lines: working time, seconds
    double per_line =
        0;              ///< seconds a line: reading takes in proportion, so that its mean is effort + per_line * lines
    double reread = 1;  ///< a later patch set takes a share of that
    double care = 0;    ///< chance to find a defect that is there
    double care_alike = 1e6;  ///< how much alike they are in it: the sum of the parameters of a Beta distribution
    double false_alarm = 0;   ///< chance to ask for changes although nothing is wrong
    double unsure = 0;        ///< share of an approver's consents that are +1: somebody else is asked
    double firm = 0;          ///< share of an approver's refusals that are -2: the same person must read the next one
    std::vector<std::pair<ProjectId, double>> projects;  ///< at home in: one each, by these weights; empty = evenly
};

/// Review by people: what it takes emerges from their queues.
struct ReviewLoad {
    std::optional<SampledReview> sampled;     ///< then nothing below holds
    std::vector<ReviewerClass> reviewers;     ///< neither this nor `sampled`: what lacks nothing is approved at once
    int approvals = 2;                        ///< so many +2, of different people, let a patch set land
    bool only_approvers_refuse = false;       ///< a refusal of somebody else changes nothing
    std::string assignment = "oldest_first";  ///< who is asked (load/people/assignment/)
};

/// What `gatesim list` and `describe` say of a way to choose reviewers.
struct AssignmentDescription {
    std::string name;
    std::string summary;  ///< one line
    std::string help;     ///< the rule, and when it is the right one
};

/// All there are, by name. Their code, in load/people/assignment/, registers them before main.
inline std::vector<AssignmentDescription>& known_assignments() {
    static std::vector<AssignmentDescription> all;
    return all;
}

}  // namespace gatesim
