#include "import/github_stays.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace gatesim::import::github {

namespace {

constexpr Time kSame = kMinute;            ///< two records of one instant differ by less
constexpr Time kAnotherStay = 12 * kHour;  ///< a pull request without a group for so long has come again

struct Pull {
    std::vector<Event> events;
    std::vector<Sighting> sightings;
    std::vector<std::uint32_t> groups;
    std::vector<Stay> stays;
};

using Pulls = std::map<std::pair<std::string, std::uint64_t>, Pull>;  ///< by repository and number

/// Puts a removal, or a merge, to the stay that it ends.
class Ends {
public:
    Ends(const Texts& texts, Pull& pull, Intake& intake) : texts_(texts), stays_(pull.stays), intake_(intake) {}

    void take(const Event& event) {
        Stay* const stay = stays_.empty() ? nullptr : &stays_.back();
        const bool merged = event.kind == Event::Kind::merged;
        if (stay && !stay->end_seen) {
            end(*stay, event);
        } else if (stay && merged && stay->left != kNever && event.at - stay->left <= kSame) {
            end(*stay, event);  // the queue lets it go because it is merged, a second before or after
        } else if (!(stay && !merged && event.at - stay->left <= kSame)) {
            intake_.drop(merged ? "merged past the queue" : "left without having come");
            return;
        }
        ++intake_.used;
    }

private:
    void end(Stay& stay, const Event& event) {
        stay.end_seen = true;
        stay.left = event.at;
        stay.left_lo = stay.left_hi = kNever;
        stay.cause = LeftFor::none;
        stay.outcome = Left::landed;
        if (event.kind == Event::Kind::merged) return;
        const std::string& reason = texts_[event.reason];
        const auto says = [&](const char* word) { return reason.find(word) != std::string::npos; };
        if (reason == "merge" || reason == "merged") return;
        const bool by_hand = says("manual") || says("dequeue") || says("cleared") || (reason.empty() && !event.by_bot);
        stay.outcome = by_hand ? Left::withdrawn : Left::ejected;
        stay.cause = by_hand                            ? LeftFor::manual
                     : says("conflict")                 ? LeftFor::conflict
                     : says("timeout") || says("timed") ? LeftFor::timeout
                     : says("fail")                     ? LeftFor::failure
                                                        : LeftFor::unknown;
    }

    const Texts& texts_;
    std::vector<Stay>& stays_;
    Intake& intake_;
};

void add_stay(Pull& pull, std::uint64_t number, Texts::Id project, Moment enqueued, Texts::Id author, bool seen) {
    Stay stay;
    stay.pull = number;
    stay.project = project;
    stay.enqueued = enqueued;
    stay.author = author;
    stay.came_seen = seen;
    pull.stays.push_back(stay);
}

/// The stay that came at this instant, or nullptr.
Stay* came_at(Pull& pull, Moment when) {
    for (Stay& stay : pull.stays)
        if (stay.came_seen && std::abs(stay.enqueued - when) <= kSame) return &stay;
    return nullptr;
}

void from_events(Pull& pull, std::uint64_t number, const Texts& texts, Intake& intake) {
    std::sort(pull.events.begin(), pull.events.end(), [](const Event& a, const Event& b) {
        return std::tie(a.at, a.kind, a.by_bot, a.pull) < std::tie(b.at, b.kind, b.by_bot, b.pull);
    });
    Ends ends(texts, pull, intake);
    for (const Event& event : pull.events) {
        if (event.kind != Event::Kind::added) {
            ends.take(event);
            continue;
        }
        ++intake.used;
        if (came_at(pull, event.at)) continue;
        if (!pull.stays.empty() && !pull.stays.back().end_seen) pull.stays.back().left_hi = event.at;  // unseen
        add_stay(pull, number, event.project, event.at, event.author != 0 ? event.author : event.actor, true);
    }
}

/// When somebody who was seen last by this poll was gone: at the next one that saw all.
Moment gone_after(const std::vector<Poll>& polls, Moment seen) {
    for (const Poll& poll : polls)
        if (poll.at > seen && poll.at != kNever && poll.complete) return poll.at;
    return kNever;
}

void from_sightings(Pull& pull, const std::vector<Poll>& polls, const std::vector<Poll>& in_order, Intake& intake) {
    const auto when = [&](const Sighting& s) { return s.poll == kNone ? kNever : polls[s.poll].at; };
    std::sort(pull.sightings.begin(), pull.sightings.end(), [&](const Sighting& a, const Sighting& b) {
        return std::tuple(when(a), a.enqueued, a.mergeable) < std::tuple(when(b), b.enqueued, b.mergeable);
    });
    for (const Sighting& seen : pull.sightings) {
        ++intake.used;
        Stay* stay = came_at(pull, seen.enqueued);
        if (!stay) {
            add_stay(pull, seen.pull, seen.project, seen.enqueued, seen.author, true);
            stay = &pull.stays.back();
        }
        stay->enqueued = std::min(stay->enqueued, seen.enqueued);
        if (stay->author == 0) stay->author = seen.author;
        if (seen.branch != 0) stay->branch = seen.branch;
        stay->jumps |= seen.jumps;
        stay->solo |= seen.solo;
        if (stay->end_seen || when(seen) == kNever) continue;
        stay->mergeable = seen.mergeable;
        stay->left_lo = when(seen);
        stay->left_hi = gone_after(in_order, when(seen));
        stay->end_known = stay->left_hi != kNever;
    }
    std::stable_sort(pull.stays.begin(), pull.stays.end(),
                     [](const Stay& a, const Stay& b) { return a.enqueued < b.enqueued; });
}

/// Gives each group the stay that it fell into; one that fell into none began a stay that nobody recorded.
void from_groups(Pull& pull, Groups& groups) {
    Moment last = kNever;  // when the group before had ended
    for (const std::uint32_t at : pull.groups) {
        Group& group = groups.list[at];
        const Moment began = group.created;
        if (began == kNever) continue;  // nothing of it has a time
        std::uint32_t found = kNone;
        for (std::uint32_t i = 0; i < pull.stays.size(); ++i) {
            const Stay& stay = pull.stays[i];
            const Moment until = stay.came_seen || stay.end_seen ? stay.left
                                 : last == kNever                ? kNever
                                                                 : last + kAnotherStay;
            if (stay.enqueued <= began + kSame && (until == kNever || began <= until + kSame)) found = i;
        }
        if (found == kNone) {
            found = static_cast<std::uint32_t>(pull.stays.size());
            add_stay(pull, group.pull, group.project, began, 0, false);
        }
        if (pull.stays[found].branch == 0) pull.stays[found].branch = group.branch;
        group.stay = found;
        last = group.ended != kNever ? group.ended : began;
    }
}

/// How a stay ended that nobody saw end, by its last group.
void judge(Stay& stay, const Group* last) {
    const bool red = last && (last->red || last->late);
    if (stay.end_seen) {
        if (stay.cause == LeftFor::unknown && red) stay.cause = last->red ? LeftFor::failure : LeftFor::timeout;
        return;
    }
    const bool ended = last && !last->running && last->ended != kNever;
    if (!ended && !stay.end_known && stay.left_hi == kNever) return;  // it waits
    if (red) {
        stay.outcome = Left::ejected;
        stay.cause = last->red ? LeftFor::failure : LeftFor::timeout;
    } else if (last ? ended && !last->stopped : stay.mergeable) {
        stay.outcome = Left::landed;
    } else {
        stay.outcome = Left::withdrawn;
        stay.cause = LeftFor::unknown;
    }
    if (stay.left_hi == kNever && ended) stay.left = std::max(last->ended, stay.enqueued);
}

Pulls by_pull(Rows& rows, Groups& groups) {
    Pulls pulls;
    const auto of = [&](Texts::Id project, std::uint64_t number) -> Pull& {
        return pulls[{rows.texts[project], number}];
    };
    for (const Event& event : rows.events) of(event.project, event.pull).events.push_back(event);
    for (const Sighting& seen : rows.sightings) of(seen.project, seen.pull).sightings.push_back(seen);
    for (std::uint32_t i = 0; i < groups.list.size(); ++i)
        if (groups.list[i].pull != 0) of(groups.list[i].project, groups.list[i].pull).groups.push_back(i);
    return pulls;
}

}  // namespace

std::vector<Stay> stays_of(Rows& rows, Groups& groups, Intake& intake) {
    std::vector<Poll> in_order = rows.polls;
    std::sort(in_order.begin(), in_order.end(), [](const Poll& a, const Poll& b) { return a.at < b.at; });
    std::vector<Stay> out;
    std::uint64_t guessed_begin = 0, guessed_end = 0;
    for (auto& [name, pull] : by_pull(rows, groups)) {
        from_events(pull, name.second, rows.texts, intake);
        from_sightings(pull, rows.polls, in_order, intake);
        from_groups(pull, groups);
        std::vector<const Group*> last(pull.stays.size(), nullptr);
        const auto first = static_cast<std::uint32_t>(out.size());
        for (const std::uint32_t at : pull.groups) {
            if (groups.list[at].stay == kNone) continue;
            last[groups.list[at].stay] = &groups.list[at];
            groups.list[at].stay += first;
        }
        for (std::size_t i = 0; i < pull.stays.size(); ++i) {
            Stay& stay = pull.stays[i];
            judge(stay, last[i]);
            guessed_begin += !stay.came_seen;
            guessed_end += !stay.end_seen && stay.outcome != Left::open;
            out.push_back(stay);
        }
    }
    const auto warn = [&](std::uint64_t stays, const char* what) {
        if (stays > 0)
            intake.warnings.push_back(
                fmt::format("{} {} of which no timeline says {}", stays, stays == 1 ? "stay" : "stays", what));
    };
    warn(guessed_begin, "when it began: taken is when its first group began, which is later");
    warn(guessed_end, "how it ended: taken is what became of its last group");
    return out;
}

}  // namespace gatesim::import::github
