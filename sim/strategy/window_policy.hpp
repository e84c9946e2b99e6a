// The choices that queues with a window have in common, each under one name, and the fields that document them once.
//
// GitHub, GitLab, Mergify, Trunk, Aviator and Shopify sell the same machine with different settings (SOURCES.md): cars
// of one or more changes stand in a row, each is tested on top of those before it, and so many are tested at once. A
// strategy of the family is its defaults and the names of the fields it offers.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "model/freeze.hpp"
#include "strategy/fields.hpp"

namespace gatesim {

struct WindowPolicy {
    std::int64_t window = 5;
    std::string counts = "unfinished";
    std::int64_t batch = 1;
    Time wait = 0;
    bool urgent_first = false;
    std::string evict = "settled-ahead";
    std::string behind_red = "go-on";
    std::int64_t tolerance = 0;
    std::string witness = "all-jobs";
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
    // What a product does, and no parameter says.
    FreezeRule freeze = FreezeRule::waits;
    bool cancels_at_pause = false;
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
        field("window", static_cast<Count>(&W::window), 0, 1e6, "How many cars are tested at once; 0 = all that wait."),
        field("counts", static_cast<Word>(&W::counts), {"unfinished", "all"},
              "Which cars the window counts. unfinished: only those without a verdict, so that a finished car makes "
              "room for another. all: the first cars in the row, whatever their state."),
        field("batch", static_cast<Count>(&W::batch), 1, 1000, "The most changes in a car; they share its builds."),
        time_field("wait", static_cast<Moment>(&W::wait), 0, 7 * kDay,
                   "How long a car that is not full waits for more changes before its tests start."),
        field("urgent_first", static_cast<Flag>(&W::urgent_first),
              "Whether changes of a higher priority are tested before all others that are not under test yet. Nothing "
              "that is under test is stopped for them."),
        field("evict", static_cast<Word>(&W::evict), {"settled-ahead", "any-red"},
              "When a red car is blamed and leaves. settled-ahead: once nothing it was tested on is undecided or red. "
              "any-red: at once, wherever it stands, so some changes leave for the fault of others."),
        field("behind_red", static_cast<Word>(&W::behind_red), {"go-on", "stop"},
              "What becomes of the cars behind a red one that waits for those ahead of it. go-on: their tests run on, "
              "since it may not be to blame. stop: they are stopped, and their changes go back to the queue until the "
              "red car is decided; nothing is tested on top of it. With tolerance the cars behind are needed, and go "
              "on."),
        field(
            "tolerance", static_cast<Count>(&W::tolerance), 0, 100,
            "A red car stays until this many cars behind it (or all that are under test, if there are fewer) are red "
            "too. If one of them is green, it contains the red car and proves it good. 0 = its own verdict is enough."),
        field("witness", static_cast<Word>(&W::witness), {"all-jobs", "own-jobs"},
              "What a green car must have run to land the red or unfinished cars ahead of it. all-jobs: every job that "
              "applies to them. own-jobs: only those that apply to its own changes; a job that is skipped for those "
              "counts as passed for the others too."),
        field("optimistic", static_cast<Flag>(&W::optimistic),
              "Whether a green car also lands the cars ahead of it that have no verdict yet, since its state contains "
              "them."),
        field("fail_fast", static_cast<Flag>(&W::fail_fast),
              "Whether the first failed voting job decides; otherwise the gate waits for the other jobs."),
        field("retries", static_cast<Count>(&W::retries), 0, 100,
              "How many times a red car is tested again before its failure counts."),
        field("retry", static_cast<Word>(&W::retry), {"job", "build"},
              "What a retry repeats: only the failed jobs, or all jobs of the car."),
        field("without_patch", static_cast<Flag>(&W::without_patch),
              "Whether the failed jobs of a red car at the front are also run without its changes before it is blamed. "
              "A job that fails there too is not its fault, and the car lands in spite of it."),
        field("on_red", static_cast<Word>(&W::on_red), {"halves", "prefixes", "aside"},
              "How the culprit in a red car of several changes is found. halves: two parts take its place, each tested "
              "on the cars ahead, and the cars behind wait. prefixes: the same with as many growing prefixes as the "
              "window holds, two at least. aside: the car leaves the row, which goes on without it; its halves, and "
              "theirs, are "
              "tested beside the row, and what is green returns to the end of the row."),
        field(
            "infer", static_cast<Flag>(&W::infer),
            "With halves or prefixes: whether what comes last counts as red without a test when all before it was "
            "green; with halves that is the second half, with prefixes the last change alone, which no prefix holds."),
        field("divisions", static_cast<Count>(&W::divisions), -1, 1000,
              "How many times a red car of several changes, and then its red parts, may be divided; after that all "
              "changes left in the part leave, guilty or not. 0 = never: they all leave at once. -1 = until the "
              "culprit is found."),
        time_field("timeout", static_cast<Moment>(&W::timeout), 0, 7 * kDay,
                   "A car without a verdict this long after its tests were asked for is red: its unfinished jobs fail. "
                   "Waiting for nodes counts. 0 = no limit."),
        field("aside_window", static_cast<Count>(&W::aside_window), 1, 1000,
              "With aside: how many parts of red cars are tested at once, in addition to the window."),
        field("group_min", static_cast<Count>(&W::group_min), 1, 100, "The fewest green changes that land together."),
        field("group_max", static_cast<Count>(&W::group_max), 0, 100,
              "The most green changes that land together; 0 = no limit."),
        time_field("group_wait", static_cast<Moment>(&W::group_wait), 0, 7 * kDay,
                   "How long after it came into the queue the first change lands with fewer than group_min. Testing "
                   "counts: a change whose tests take longer does not wait at all."),
        field("lanes", static_cast<Word>(&W::lanes), {"one", "footprint"},
              "one: each car is tested on all cars ahead of it. footprint: only on those whose changes share a target "
              "with its own changes, directly or through others, so that independent changes do not wait."),
        field("quarantine", static_cast<Share>(&W::quarantine), 0, 1,
              "A job that was red and then green on the same state in more than this share of its verdicts no longer "
              "counts; 0 = off.",
              ParameterKind::share),
        field("quarantine_runs", static_cast<Count>(&W::quarantine_runs), 1, 10000,
              "The share is taken over this many verdicts of a job, and this many clean ones in a row end its "
              "quarantine."),
    };
    std::vector<Field<P>> chosen;
    for (std::string_view name : names)
        chosen.push_back(
            *std::find_if(all.begin(), all.end(), [&](const auto& f) { return f.parameter.name == name; }));
    return chosen;
}

}  // namespace gatesim
