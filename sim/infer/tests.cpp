#include "infer/tests.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace gatesim::infer {

using import::Left;
using import::Run;

Moment asked(const Run& run) {
    return run.queued != kNever ? run.queued : run.created != kNever ? run.created : run.started;
}

std::vector<Test> tests_of(const import::Records& records) {
    std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>, Test> tests;
    for (const Run& r : records.runs) {
        const bool grouped = r.group != kNone;
        Test& test = tests[{r.group, grouped ? kNone : r.entry, grouped ? kNone : r.state}];
        test.runs.push_back(&r);
        test.state = std::min(test.state, r.state);
        test.from = std::min(test.from, r.created != kNever ? r.created : asked(r));
        const bool over = r.ended != kNever || r.result == import::RunResult::skipped;
        test.to = over && test.to != kNever ? std::max(test.to, r.ended != kNever ? r.ended : 0) : kNever;
        if (r.members.size() > test.ahead.size()) test.ahead = r.members.list();
        if (r.entry != kNone) test.entry = r.entry;
    }
    std::vector<Test> out;
    for (auto& [key, test] : tests) {
        if (test.entry == kNone && !test.ahead.empty()) test.entry = test.ahead.back();
        std::erase(test.ahead, test.entry);
        std::stable_sort(test.runs.begin(), test.runs.end(), [](const Run* a, const Run* b) {
            return std::tuple(a->job, a->attempt, a->started) < std::tuple(b->job, b->attempt, b->started);
        });
        out.push_back(std::move(test));
    }
    std::stable_sort(out.begin(), out.end(), [](const Test& a, const Test& b) { return a.from < b.from; });
    return out;
}

std::uint32_t suspect(const import::Records& records, const Test& test) {
    for (const std::uint32_t stay : test.ahead)
        if (records.entries[stay].outcome == Left::ejected) return stay;
    return test.entry;
}

bool alone(const import::Records& records, const Test& test) {
    return test.entry != kNone && std::all_of(test.ahead.begin(), test.ahead.end(), [&](std::uint32_t stay) {
               return records.entries[stay].outcome == Left::landed;
           });
}

}  // namespace gatesim::infer
