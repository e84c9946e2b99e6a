// The choices that queues with a window have in common, each under one name, and the fields that document them once.
//
// GitHub, GitLab, Mergify, Trunk, Aviator and Shopify sell the same machine with different settings (research:
// policies, sections 5 to 7): cars of one or more changes stand in a row, each is tested on top of those before it, and
// so many are tested at once. A strategy of the family is its defaults and the names of the fields it offers.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "strategy/fields.hpp"

namespace gatesim {

struct WindowPolicy {
    std::int64_t window = 5;
    std::string counts = "unfinished";
    std::int64_t batch = 1;
    Time wait = 0;
    std::string evict = "settled-ahead";
    std::int64_t tolerance = 0;
    bool optimistic = false;
    bool fail_fast = false;
    std::int64_t retries = 0;
    std::string retry = "job";
    bool without_patch = false;
    std::string on_red = "halves";
    bool infer = false;
    std::int64_t divisions = -1;
    Time timeout = 0;
    std::int64_t aside_window = 4;
    std::int64_t group_min = 1;
    std::int64_t group_max = 0;
    Time group_wait = 0;
    std::string lanes = "one";
    double quarantine = 0;
    std::int64_t quarantine_runs = 20;
};

/// The fields of these names, for a struct that derives from WindowPolicy; its own defaults hold.
template <class P>
std::vector<Field<P>> window_fields(std::initializer_list<std::string_view> names) {
    using Count = std::int64_t P::*;
    using Flag = bool P::*;
    using Word = std::string P::*;
    using Moment = Time P::*;
    using Share = double P::*;
    using W = WindowPolicy;
    const std::vector<Field<P>> all = {
        field("window", static_cast<Count>(&W::window), 0, 1e6, "Cars tested at once; 0 = all that wait."),
        field(
            "counts", static_cast<Word>(&W::counts), {"unfinished", "all"},
            "Which cars the window counts: unfinished, those without a verdict, so that a finished one makes room; or "
            "all, the first ones in the row whatever their state."),
        field("batch", static_cast<Count>(&W::batch), 1, 1000, "Changes in a car at most: they share its builds."),
        time_field("wait", static_cast<Moment>(&W::wait), 0, 7 * kDay,
                   "How long a car that is not full waits for more changes before its tests start."),
        field("evict", static_cast<Word>(&W::evict), {"settled-ahead", "any-red"},
              "When a red car is to blame: settled-ahead, once nothing that it was tested on is undecided or red; "
              "any-red, at once and wherever it stands, so that changes leave for the fault of others."),
        field("tolerance", static_cast<Count>(&W::tolerance), 0, 100,
              "A red car stays until so many cars behind it, if there are so many under test, are red too; one of them "
              "that is green proves it good, for it contains it. 0 = its own verdict is enough."),
        field("optimistic", static_cast<Flag>(&W::optimistic),
              "Whether a green car lands those before it that have no verdict yet, since its state contains them."),
        field("fail_fast", static_cast<Flag>(&W::fail_fast),
              "Whether the first voting job that failed is the verdict; else the other jobs are waited for."),
        field("retries", static_cast<Count>(&W::retries), 0, 100,
              "So often a red car is tested again before it counts."),
        field("retry", static_cast<Word>(&W::retry), {"job", "build"},
              "What a retry repeats: the failed jobs, or all of the car's."),
        field(
            "without_patch", static_cast<Flag>(&W::without_patch),
            "Whether the jobs of a red car at the front are run without its changes too, before it is to blame: those "
            "that are red there as well are not its fault, and it lands with them."),
        field(
            "on_red", static_cast<Word>(&W::on_red), {"halves", "prefixes", "aside"},
            "How the culprit in a red car of several changes is found: halves or prefixes put two parts, or as many "
            "as the window holds, in its place, each tested on those before it, and what is behind waits; aside takes "
            "it out of the row, which goes on without it, and tests both halves, and theirs, beside it: what is green "
            "there comes back to the end of the row."),
        field("infer", static_cast<Flag>(&W::infer),
              "halves, prefixes: whether the last part is taken for red without a test when the others were green."),
        field("divisions", static_cast<Count>(&W::divisions), -1, 1000,
              "So often a red car of several changes is divided, and its red parts again; then all that are left in "
              "the part leave, guilty or not. 0 = never: they all leave at once; -1 = until the culprit is found."),
        time_field(
            "timeout", static_cast<Moment>(&W::timeout), 0, 7 * kDay,
            "A car whose tests have no verdict so long after they were asked for, waiting for nodes included, is "
            "red: the jobs that are not done fail. 0 = they are waited for."),
        field("aside_window", static_cast<Count>(&W::aside_window), 1, 1000,
              "aside: parts of red cars tested at once, beside the window."),
        field("group_min", static_cast<Count>(&W::group_min), 1, 100, "Green changes that land together at least."),
        field("group_max", static_cast<Count>(&W::group_max), 0, 100,
              "Green changes that land together at most; 0 = no limit."),
        time_field("group_wait", static_cast<Moment>(&W::group_wait), 0, 7 * kDay,
                   "How long the first green change waits for others to land with it."),
        field("lanes", static_cast<Word>(&W::lanes), {"one", "footprint"},
              "one: each car is tested on all before it; footprint: only on those whose changes share a target with "
              "its own, or with theirs, so that what is independent does not wait."),
        field("quarantine", static_cast<Share>(&W::quarantine), 0, 1,
              "A job that was red and then green on the same state in more than this share of its verdicts counts no "
              "longer; 0 = off.",
              ParameterKind::share),
        field("quarantine_runs", static_cast<Count>(&W::quarantine_runs), 1, 10000,
              "So many verdicts of a job make its share, and so many clean ones in a row end its quarantine."),
    };
    std::vector<Field<P>> chosen;
    for (std::string_view name : names)
        chosen.push_back(
            *std::find_if(all.begin(), all.end(), [&](const auto& f) { return f.parameter.name == name; }));
    return chosen;
}

}  // namespace gatesim
