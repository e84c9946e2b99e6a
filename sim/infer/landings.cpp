#include "infer/landings.hpp"

#include <algorithm>
#include <vector>

#include "infer/queue.hpp"

namespace gatesim::infer {

using import::Entry;

bool lacks_enqueues(const import::Records& records) {
    return std::any_of(records.entries.begin(), records.entries.end(),
                       [](const Entry& e) { return e.enqueued == kNever; });
}

Value fastest_gate(const import::Records& records, const std::optional<Span>& span) {
    std::vector<Moment> times;
    for (const Entry& e : records.entries)
        if (e.uploaded != kNever && e.left != kNever && e.left > e.uploaded && (!span || span->has(e.left)))
            times.push_back(e.left - e.uploaded);
    Value out;
    out.n = times.size();
    if (times.empty()) return out;
    std::sort(times.begin(), times.end());
    out.value = seconds(times[times.size() / 100]) / 2;
    return out;
}

void assume_enqueues(import::Records& records, Time gate) {
    for (Entry& e : records.entries) {
        if (e.enqueued != kNever) continue;
        const Moment end = end_of(e);
        e.enqueued = end == kNever ? e.uploaded : std::max<Moment>(0, end - gate);
    }
}

}  // namespace gatesim::infer
