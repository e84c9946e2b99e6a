// Words of Zuul, which also stand in what it writes into Gerrit.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "import/gather.hpp"

namespace gatesim::import {

/// SUCCESS, FAILURE, RETRY … of a build; empty: it has not ended.
RunResult zuul_result(std::string_view word);
/// The same words of a buildset: what became of the item. `open` where that is not said.
std::pair<Left, LeftFor> zuul_outcome(std::string_view word);

/// Whether a pipeline lands changes. Its name is all that an export says: gate, merge, submit or land is a part of it.
bool is_gate(std::string_view pipeline);

/// A change that an item is for.
struct ZuulChange {
    std::string name, patch_set, project, branch;
};

/// Of a buildset, a build or an item of a status: `refs` (since 10), the older fields beside each other, or an `id`
/// "101,2". Nothing if it is for no change (a tag, a branch, a timer).
/// `others`: how many of them beside the changes have no number.
std::vector<ZuulChange> changes_of(const Json& record, std::size_t* others = nullptr);

}  // namespace gatesim::import
