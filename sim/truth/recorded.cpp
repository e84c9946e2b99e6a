// How a recorded build goes when it is run again, on its own state or another.
#include "truth/recorded.hpp"

#include <algorithm>

#include "truth/memory.hpp"

namespace gatesim {

/// Whether the build was of this state: of the stays that it was tested on, those that have not landed are ahead, and
/// nobody else is.
bool Truth::Memory::is_state_of(const RecordedBuild& build, const BuildState& state) {
    if (!build.ahead_known) return false;
    for (; stays_noted < cast.changes.size(); ++stays_noted)
        if (const std::uint32_t stay = cast.changes[stays_noted].stay; stay != kNone) of_stay[stay] = stays_noted;
    std::size_t open = 0;
    for (const ChangeId ahead : state.chain.first(state.chain.size() - 1)) {
        if (landings.landed_before(ahead, state.base)) continue;
        ++open;
        if (!std::binary_search(build.ahead.begin(), build.ahead.end(), cast.changes[ahead].stay)) return false;
    }
    const auto landed = [&](std::uint32_t stay) {
        const auto found = of_stay.find(stay);
        return found != of_stay.end() && landings.landed_before(found->second, state.base);
    };
    return open + static_cast<std::size_t>(std::count_if(build.ahead.begin(), build.ahead.end(), landed)) ==
           build.ahead.size();
}

/// A recorded build takes as long as it did. Its result is of the state that it tested: of another one only what does
/// not hang on the state remains (it was lost, it passed and so did not flake, or it was red for a fault of its own),
/// and the rest is found out or drawn.
RunTruth Truth::Memory::as_recorded(const Job& job, const RecordedBuild& build, const BuildState& state, int patchset,
                                    const RunKey& key) {
    RunTruth out;
    ++recorded_runs;
    out.recorded = true;
    out.duration = build.at_most > 0 ? duration(job, nullptr, key, build.length, build.at_most) : build.length;
    out.result = build.result;
    if (out.result == Result::retry) {
        out.fault = Fault{Cause::infrastructure, kNone};
        return out;
    }
    const auto found = fault(job, state, patchset);
    if (!is_state_of(build, state)) {
        const bool was_red = build.result != Result::success;
        const bool red = found || (was_red && (build.own || flakes(job, state, key) > job.retry_tests));
        out.result = !red ? Result::success : was_red && build.own ? build.result : Result::failure;
    }
    // Who is to blame for a red one nobody recorded: a flake is the least that can be said.
    if (out.result == Result::failure) out.fault = found.value_or(Fault{Cause::flake, kNone});
    if (out.result == Result::timeout) out.fault = Fault{Cause::timeout};
    if (out.result == Result::failure && job.failure_shows_after < 1)
        out.sign = {from_seconds(seconds(out.duration) * job.failure_shows_after), out.fault};
    return out;
}

}  // namespace gatesim
