#include "scenario/merge.hpp"

#include <algorithm>
#include <unordered_map>

namespace gatesim::document {

void merge(Node& base, Node patch) {
    if (patch.kind != Node::Kind::object) {
        base = std::move(patch);
        return;
    }
    if (base.kind != Node::Kind::object) {
        base = Node{};
        base.kind = Node::Kind::object;
    }
    base.at = patch.at;
    std::unordered_map<std::string, std::size_t> index;  // asked by name only, never walked
    for (std::size_t i = 0; i < base.members.size(); ++i) index.emplace(base.members[i].key, i);
    std::vector<bool> gone(base.members.size(), false);
    for (Member& member : patch.members) {
        const auto found = index.find(member.key);
        if (found != index.end()) {
            if (member.value.kind == Node::Kind::null) {
                gone[found->second] = true;
            } else {
                base.members[found->second].at = member.at;
                merge(base.members[found->second].value, std::move(member.value));
            }
        } else if (member.value.kind != Node::Kind::null) {
            base.members.push_back({std::move(member.key), member.at, {}});
            merge(base.members.back().value, std::move(member.value));  // nulls inside a new object go, too
        }
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < base.members.size(); ++i) {
        if (i < gone.size() && gone[i]) continue;
        if (kept != i) base.members[kept] = std::move(base.members[i]);
        ++kept;
    }
    base.members.resize(kept);
}

}  // namespace gatesim::document
