#include "import/github_timelines.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>

#include "import/fields.hpp"

namespace gatesim::import::github {

namespace {

/// What it says, whatever was read before it.
Key content_of(const Event& e, const Rows& rows) {
    Key key = key_of(key_of(static_cast<Key>(e.kind) + 1, e.at), static_cast<Moment>(e.id));
    for (const Texts::Id part : {e.actor, e.author, e.project, e.reason}) key = key_of(key, rows.texts[part]);
    return key_of(key, static_cast<Moment>(rows.shas[e.commit]));
}

/// A timeline that does not say whose it is.
struct Nameless {
    std::uint64_t pull = 0;
    Moment first = kNever;  ///< when its first event was
    Key content = ~Key{0};  ///< the smallest of its events': who of two came first at one instant must not depend on
                            ///< the order of pages
};

/// Which documents are of one timeline: pages that share an event, and what came twice. An event without an id is known
/// by what it says, and only where nothing in its document has an id and all of it is the same.
class Timelines {
public:
    explicit Timelines(const Rows& rows) {
        std::unordered_map<Key, std::uint32_t> seen;  // the first document of an event
        std::map<std::uint32_t, std::vector<Key>> without_id;
        for (const Event& event : rows.events) {
            if (event.pull != 0) continue;
            auto& content = without_id[event.document];
            if (event.id == 0)
                content.push_back(content_of(event, rows));
            else
                join(event.document, seen.try_emplace(event.id, event.document).first->second);
        }
        std::map<std::vector<Key>, std::uint32_t> same;
        for (auto& [document, content] : without_id) {
            if (content.empty() || parent_.contains(document)) continue;
            std::sort(content.begin(), content.end());
            content.erase(std::unique(content.begin(), content.end()), content.end());
            join(document, same.try_emplace(content, document).first->second);
        }
    }

    /// The first of the documents that are one with this one.
    std::uint32_t of(std::uint32_t document) {
        const auto up = parent_.find(document);
        if (up == parent_.end() || up->second == document) return document;
        return up->second = of(up->second);
    }

private:
    void join(std::uint32_t a, std::uint32_t b) {
        const auto [first, last] = std::minmax({of(a), of(b)});
        parent_[last] = parent_[first] = first;
    }

    std::map<std::uint32_t, std::uint32_t> parent_;
};

}  // namespace

void find_pulls(Rows& rows, const Groups& groups) {
    std::unordered_map<std::uint32_t, std::uint64_t> pull_of;  // by hash
    for (const Group& group : groups.list)
        if (group.head != 0 && group.pull != 0) pull_of[group.head] = group.pull;
    Timelines timelines(rows);
    std::map<std::uint32_t, Nameless> timeline;
    for (const Event& event : rows.events) {
        if (event.pull != 0) continue;
        Nameless& its = timeline[timelines.of(event.document)];
        its.first = std::min(its.first, event.at);
        its.content = std::min(its.content, content_of(event, rows));
        if (const auto known = pull_of.find(event.commit); event.commit != 0 && known != pull_of.end())
            its.pull = known->second;
    }
    std::vector<std::tuple<Moment, Key, std::uint32_t>> unknown;
    for (const auto& [document, its] : timeline)
        if (its.pull == 0) unknown.emplace_back(its.first, its.content, document);
    std::sort(unknown.begin(), unknown.end());
    for (std::size_t i = 0; i < unknown.size(); ++i) timeline[std::get<2>(unknown[i])].pull = kNoNumber + i + 1;
    for (Event& event : rows.events)
        if (event.pull == 0) event.pull = timeline[timelines.of(event.document)].pull;
}

}  // namespace gatesim::import::github
