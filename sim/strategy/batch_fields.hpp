// The parameters that all strategies of the batch family share.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "strategy/batch_family.hpp"
#include "strategy/fields.hpp"

namespace gatesim {

struct BatchParameters {
    Time delay = 0;
    Time timeout = 0;
    std::string on_red = "bisect";
    std::int64_t parts = 3;
    bool at_once = false;
    std::int64_t retries = 0;
    bool fail_fast = false;
};

inline BatchRules rules_of(const BatchParameters& p) {
    BatchRules rules;
    rules.parts = static_cast<std::size_t>(p.parts);
    set_on_red(rules, p.on_red);
    rules.at_once = p.at_once;
    rules.fail_fast = p.fail_fast;
    rules.retries = static_cast<int>(p.retries);
    rules.delay = p.delay;
    rules.timeout = p.timeout;
    return rules;
}

/// A family member's own fields, which come first, and the shared ones. `P` derives from BatchParameters, and its
/// initialisers are the defaults.
template <class P>
std::vector<Field<P>> with_batch_fields(std::vector<Field<P>> own) {
    const auto add = [&own](Field<P> shared) { own.push_back(std::move(shared)); };
    add(time_field<P>("delay", static_cast<Time P::*>(&P::delay), 0, 7 * kDay,
                      "How long the first change of a batch waits for others to join it; less if the batch fills up, "
                      "longer if another batch is under test."));
    add(time_field<P>("timeout", static_cast<Time P::*>(&P::timeout), 0, 7 * kDay,
                      "A batch without a verdict this long after its tests were asked for is red: its unfinished jobs "
                      "fail. Waiting for nodes counts. 0 = no limit."));
    add(field<P>("on_red", static_cast<std::string P::*>(&P::on_red), on_red_words(),
                 "What follows a red batch. bisect: test both halves, one after the other. infer: the same, but when "
                 "the first half was green the second counts as red without a test, at every level. prefix: test "
                 "growing prefixes of `parts` parts side by side; the first red one tells which part is bad. "
                 "stop-at-4: bisect until at most four changes are left and test those alone. singles (Dorfman): test "
                 "each change alone, all at once. quarters: test four parts, and the changes of red parts alone."));
    add(field<P>("parts", static_cast<std::int64_t P::*>(&P::parts), 2, 128,
                 "With prefix: into how many parts a red batch is divided."));
    add(field<P>(
        "at_once", static_cast<bool P::*>(&P::at_once),
        "Test the parts of a red batch side by side, each on the branch as it is: more builds, less time. The first "
        "green part lands; the other green parts are tested again on top of it, as one. Not with prefix or infer."));
    add(field<P>("retries", static_cast<std::int64_t P::*>(&P::retries), 0, 10,
                 "How many times a red build is run again before its failure counts."));
    add(field<P>("fail_fast", static_cast<bool P::*>(&P::fail_fast),
                 "Decide as soon as one voting job has failed, and stop the others."));
    return own;
}

}  // namespace gatesim
