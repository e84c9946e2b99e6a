#include "import/consistent.hpp"

#include <algorithm>

#include "import/order.hpp"

namespace gatesim::import {

namespace {

constexpr Moment kLast = 253'402'300'799 * kSecond;  ///< of the year 9999

bool impossible(Moment when) {
    return when != kNever && (when < 0 || when > kLast);
}

/// False: `when` is long before `earliest`. A little before: it is moved.
bool after(Moment& when, Moment earliest, Intake& intake) {
    if (when == kNever || earliest == kNever || when >= earliest) return true;
    if (earliest - when > kClockSkew) return false;
    when = earliest;
    ++intake.clocks_repaired;
    return true;
}

const char* fault_of(Entry& e, Intake& intake) {
    if (e.came() == kNever) return "stay without a beginning";
    for (const Moment when : {e.enqueued, e.uploaded, e.left, e.left_lo, e.left_hi})
        if (impossible(when)) return "time not between 1970 and 9999";
    if (e.enqueued == kNever) return nullptr;  // uploads have clocks of their own: one may be after its landing
    if (!after(e.left, e.enqueued, intake)) return "stay that ends before it begins";
    if (e.left_hi != kNever && e.left_hi < e.enqueued) e.left_hi = kNever;
    if (e.left_lo != kNever && (e.left_lo < e.enqueued || (e.left_hi != kNever && e.left_lo > e.left_hi)))
        e.left_lo = kNever;
    return nullptr;
}

const char* fault_of(Run& r, Intake& intake) {
    for (const Moment when : {r.created, r.queued, r.started, r.ended})
        if (impossible(when)) return "time not between 1970 and 9999";
    return after(r.ended, r.started, intake) ? nullptr : "run that ends before it begins";
}

}  // namespace

void make_consistent(Records& records, Intake& intake) {
    std::vector<bool> stays(records.entries.size(), true);
    for (std::size_t i = 0; i < stays.size(); ++i)
        if (const char* const fault = fault_of(records.entries[i], intake)) {
            intake.drop(fault);
            stays[i] = false;
        }
    if (std::find(stays.begin(), stays.end(), false) != stays.end()) keep_stays(records, stays);
    const auto gone = std::remove_if(records.runs.begin(), records.runs.end(), [&](Run& run) {
        const char* const fault = fault_of(run, intake);
        if (fault) intake.drop(fault);
        return fault != nullptr;
    });
    records.runs.erase(gone, records.runs.end());
}

}  // namespace gatesim::import
