// Who is asked to read a patch set: one file a rule, each registers itself.
//
// A rule sees the people who could read it and how busy they are, and names one, or leaves the patch set in the common
// queue. It must not draw: what chance it needs comes with the request, so that ties never depend on luck.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>

#include "model/ids.hpp"
#include "model/review.hpp"
#include "model/time.hpp"

namespace gatesim {

/// A reading that somebody is wanted for.
struct ReviewRequest {
    ProjectId project = kNone;
    double luck = 0;  ///< uniform in (0, 1), the request's own
};

/// The people who could be asked, by number from 0, in the order of the scenario.
class ReviewPanel {
public:
    virtual ~ReviewPanel() = default;

    virtual std::size_t size() const = 0;
    /// Not its author, and not at the patch set already.
    virtual bool may_read(std::size_t who) const = 0;
    /// Patch sets that wait for this person, the one being read included.
    virtual int waiting(std::size_t who) const = 0;
    /// How many readings this person was ever asked for.
    virtual std::uint64_t asked(std::size_t who) const = 0;
    /// When this person is at work next: the present, if so now.
    virtual Time at_work(std::size_t who) const = 0;
    /// The project this person is at home in.
    virtual ProjectId home(std::size_t who) const = 0;
};

class Assignment {
public:
    /// Answer of a rule that asks nobody by name: the first who has time takes what waits longest.
    static constexpr std::size_t kFirstFree = std::numeric_limits<std::size_t>::max();

    virtual ~Assignment() = default;

    /// One of those who may read it (there is at least one), or kFirstFree. A rule answers either always with names or
    /// always with kFirstFree. Called once a request, in the order in which reviews are asked for.
    virtual std::size_t choose(const ReviewPanel& panel, const ReviewRequest& request) = 0;
};

/// Adds a rule; called before main. Returns true, so that a namespace-scope constant can hold the call.
bool register_assignment(AssignmentDescription description, std::unique_ptr<Assignment> (*make)());

/// nullptr if there is no rule of that name. Each panel has one of its own.
std::unique_ptr<Assignment> make_assignment(const std::string& name);

/// Whether the first is the better one to ask, by how much waits for each, then by how often each was asked.
inline bool less_busy(const ReviewPanel& panel, std::size_t a, std::size_t b) {
    if (panel.waiting(a) != panel.waiting(b)) return panel.waiting(a) < panel.waiting(b);
    return panel.asked(a) < panel.asked(b);
}

/// The best of those who may read it, and of whom `counts(who)` is true; among equals the first. kFirstFree if none.
template <typename Counts, typename Better>
std::size_t best_reader(const ReviewPanel& panel, Counts counts, Better better) {
    std::size_t best = Assignment::kFirstFree;
    for (std::size_t who = 0; who < panel.size(); ++who)
        if (panel.may_read(who) && counts(who) && (best == Assignment::kFirstFree || better(who, best))) best = who;
    return best;
}

}  // namespace gatesim
