#include "strategy/tree/heads.hpp"

#include <algorithm>
#include <cmath>

namespace gatesim {

namespace {

constexpr double kPerBit = 1e6;
constexpr double kSurest = 1e-9;       // nothing is impossible before it has happened
constexpr double kSurelyFirst = 0.99;  // a guess that comes true is always worth more than one that does not
constexpr std::size_t kFirstFlips = 8;

/// Any number that other names do not give: the finaliser of splitmix64.
std::uint64_t salt_of(ItemId id) {
    std::uint64_t x = (static_cast<std::uint64_t>(id) + 1) * 0x9e3779b97f4a7c15ULL;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}

bool earlier(const Head* a, std::uint64_t order) {
    return a->order < order;
}

}  // namespace

Cost cost_of(double probability) {
    return std::llround(-std::log2(std::clamp(probability, kSurest, 1.0)) * kPerBit);
}

double probability_of(Cost cost) {
    return std::exp2(-static_cast<double>(cost) / kPerBit);
}

Path* Head::find(std::uint64_t key) {
    for (Path& path : paths)
        if (path.key == key) return &path;
    return nullptr;
}

const Flip* Head::flip(std::size_t rank) {
    if (!flips_fresh) {
        flips.clear();
        for (std::uint32_t i = 0; i < before.size(); ++i)
            if (!before[i].must) flips.push_back({std::abs(before[i].in - before[i].out), i});
        sorted = 0;
        flips_fresh = true;
    }
    if (rank >= flips.size()) return nullptr;
    if (rank >= sorted) {  // few are ever asked for
        const std::size_t to = std::min(flips.size(), std::max(kFirstFlips, 2 * rank + 2));
        const auto at = [&](std::size_t i) { return flips.begin() + static_cast<std::ptrdiff_t>(i); };
        std::partial_sort(at(sorted), at(to), flips.end(), [](const Flip& a, const Flip& b) {
            return a.cost != b.cost ? a.cost < b.cost : a.link < b.link;  // of equals, the later one is guessed anew
        });
        sorted = to;
    }
    return &flips[rank];
}

Link* Heads::link(Head& head, const Head& ahead) {
    // Who is decided is the first of those ahead nearly always, and the tables of a thousand heads are in no cache.
    if (!head.before.empty() && head.before.back().head == &ahead) return &head.before.back();
    const auto found = std::lower_bound(head.before.begin(), head.before.end(), ahead.order,
                                        [](const Link& l, std::uint64_t order) { return l.head->order > order; });
    return found != head.before.end() && found->head == &ahead ? &*found : nullptr;
}

/// What the guesses about one ahead cost, and with it the likeliest path.
void Heads::set_costs(Head& head, Link& link) {
    // If it is through first, both guesses are wanted.
    const double first = head.before.size() <= bypass_ ? std::min(kSurelyFirst, static_cast<double>(link.first)) : 0;
    const double lands = link.head->lands;
    const Cost in = cost_of(first + (1 - first) * lands), out = cost_of(first + (1 - first) * (1 - lands));
    if (in == link.in && out == link.out) return;
    const bool was_in = guessed_in(link);
    head.best -= was_in ? link.in : link.out;
    link.in = in;
    link.out = out;
    const bool is_in = guessed_in(link);
    head.best += is_in ? in : out;
    if (was_in != is_in) head.best_key ^= link.head->salt;
    head.flips_fresh = false;
}

Head& Heads::admit(ItemId id, ChangeId change, std::vector<Link> before) {
    auto made = std::make_unique<Head>();
    Head& head = *made;
    head.id = id;
    head.change = change;
    head.order = next_order_++;
    head.salt = salt_of(id);
    head.before = std::move(before);
    for (Link& link : head.before) {
        link.head->behind.push_back(&head);
        head.needy |= link.must;
        link.in = link.out = 0;
        head.best_key ^= link.head->salt;  // as guessed with these prices
        set_costs(head, link);
    }
    by_item_[id] = &head;
    all_.push_back(std::move(made));
    return head;
}

void Heads::price(Head& head, double lands) {
    if (head.lands == lands) return;
    head.lands = lands;
    for (Head* other : head.behind) set_costs(*other, *link(*other, head));
}

void Heads::unlink(Head& head, bool landed) {
    for (Head* other : head.behind) {
        Link& link = *Heads::link(*other, head);
        const bool in = guessed_in(link);
        other->best -= in ? link.in : link.out;
        if (in) other->best_key ^= head.salt;
        if (landed) other->own *= 1 - static_cast<double>(link.conflict);
        other->before.erase(other->before.begin() + (&link - other->before.data()));
        other->flips_fresh = false;
        if (bypass_ > 0 && other->before.size() == bypass_)
            for (Link& rest : other->before) set_costs(*other, rest);
    }
    head.behind.clear();
    for (const Link& link : head.before) {
        auto& behind = link.head->behind;
        behind.erase(std::lower_bound(behind.begin(), behind.end(), head.order, earlier));
    }
    head.before.clear();
}

Head* Heads::at(std::uint64_t order) const {
    const auto found = std::lower_bound(all_.begin(), all_.end(), order,
                                        [](const auto& head, std::uint64_t o) { return head->order < o; });
    return found != all_.end() && (*found)->order == order ? found->get() : nullptr;
}

void Heads::erase(Head& head) {
    by_item_.erase(head.id);
    all_.erase(std::lower_bound(all_.begin(), all_.end(), head.order,
                                [](const auto& other, std::uint64_t order) { return other->order < order; }));
}

}  // namespace gatesim
