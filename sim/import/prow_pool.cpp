#include "import/prow_pool.hpp"

namespace gatesim::import {

Key ProwTested::key() const {
    Key key = key_of({pool, base});
    for (const ProwPull& pull : pulls) key = key_of(key_of(key, pull.number), pull.sha);
    return key;
}

ProwTested tested_by(const Json& refs) {
    ProwTested tested;
    tested.pool =
        text_of(field(refs, "org")) + "/" + text_of(field(refs, "repo")) + ":" + text_of(field(refs, "base_ref"));
    tested.base = text_of(field(refs, "base_sha"));
    for (const Json& pull : field(refs, "pulls"))
        if (const std::string number = text_of(field(pull, "number")); !number.empty())
            tested.pulls.push_back({number, text_of(field(pull, "sha"))});
    return tested;
}

ProwTested tested_in(const Json& repos, const std::string& pull) {
    ProwTested tested;
    if (!repos.is_object()) return tested;
    for (const auto& [repository, value] : repos.items()) {
        ProwTested one;
        std::string rest = text_of(value);
        for (bool first = true; !rest.empty(); first = false) {
            const std::string part = rest.substr(0, rest.find(','));
            rest.erase(0, part.size() + 1);
            const std::size_t colon = part.find(':');
            const std::string name = part.substr(0, colon);
            const std::string sha = colon == std::string::npos ? "" : part.substr(colon + 1);
            if (first) {
                one.pool = repository + ":" + name;
                one.base = sha;
            } else if (!name.empty()) {
                one.pulls.push_back({name, sha});
            }
        }
        const bool meant =
            std::any_of(one.pulls.begin(), one.pulls.end(), [&](const ProwPull& p) { return p.number == pull; });
        if (meant || tested.pulls.empty()) tested = one;
        if (meant) break;
    }
    return tested;
}

Key ProwStays::at(Key change, Moment when) const {
    auto after = by_time.upper_bound({change, plus(when, kMinute)});  // a test may be recorded before its trigger is
    if (after == by_time.begin() || (--after)->first.first != change) return 0;
    return after->second.first >= when ? after->second.second : 0;
}

void ProwPool::take(const std::string& pool, const Json& record, Intake& intake) {
    const std::string action = text_of(field(record, "action"));
    const bool merge = action == "MERGE" || action == "MERGE_BATCH";
    if (!merge && action != "TRIGGER" && action != "TRIGGER_BATCH") return intake.drop("another action");
    const Moment at = moment_of(field(record, "time"));
    if (at == kNever) return intake.drop("an action without its time");
    if (merge && !text_of(field(record, "err")).empty()) return intake.drop("a merge that failed");
    bool first = true;
    for (const Json& pull : field(record, "target")) {
        const std::string number = text_of(field(pull, "number")), author = text_of(field(pull, "author"));
        if (number.empty()) continue;
        Named named;
        named.change = key_of({pool, number});
        named.id = key_of(key_of(named.change, action), at);
        named.sha = key_of({text_of(field(pull, "sha"))});
        named.at = at;
        named.number = texts_.of(number);
        named.pool = texts_.of(pool);
        named.author = texts_.of(person(author));
        named.merged = merge;
        named.counted = first;
        first = false;
        named_.add(named);
    }
    if (first) return intake.drop("an action on no change");
    ++intake.used;
}

/// The stays of one change, whose records stand in order.
void ProwPool::walk(const Named* from, const Named* to, ProwStays& out, Intake& intake) const {
    Stay stay;
    bool open = false;
    Key sha = 0;
    const auto close = [&] {
        const Entry& e = stay.entry;
        out.list.push_back(stay);
        const Moment end = e.left != kNever ? e.left : e.left_hi;
        out.by_time[{stay.about, e.enqueued}] = {end, stay.id};
        open = false;
    };
    for (; from != to; ++from) {
        if (open && !from->merged && from->sha != sha) {  // another patch set: the old one went out in between
            stay.entry.outcome = Left::withdrawn;
            stay.entry.left_hi = from->at;
            close();
        }
        if (!open && from->merged) {
            intake.drop("a merge whose test is not in the history");
            --intake.used;
            continue;
        }
        if (!open) {
            stay = Stay{};
            stay.about = from->change;
            stay.id = key_of(key_of(from->change, "stay"), from->at);
            const std::string& pool = texts_[from->pool];
            const std::size_t colon = pool.rfind(':');
            stay.entry.project = texts_.of(pool.substr(0, colon));
            stay.entry.branch = texts_.of(colon == std::string::npos ? "" : pool.substr(colon + 1));
            stay.entry.change = from->number;
            stay.entry.enqueued = from->at;
            open = true;
        }
        sha = from->sha;
        if (from->author != 0) stay.entry.author = from->author;
        stay.entry.left_lo = from->at;
        if (!from->merged) continue;
        stay.entry.left_lo = kNever;
        stay.entry.left = from->at;
        stay.entry.outcome = Left::landed;
        close();
    }
    if (open) close();
}

ProwStays ProwPool::stays(Intake& intake) {
    RowList<Named>& rows = named_.rows();
    intake.repeated(named_.repeats());
    intake.used -= named_.repeats();
    std::vector<Named> sorted(rows.begin(), rows.end());
    rows.clear();
    std::sort(sorted.begin(), sorted.end(), [](const Named& a, const Named& b) {
        return std::tuple(a.change, a.at, a.merged, a.id) < std::tuple(b.change, b.at, b.merged, b.id);
    });
    ProwStays out;
    for (std::size_t from = 0, to = 0; from < sorted.size(); from = to) {
        while (to < sorted.size() && sorted[to].change == sorted[from].change) ++to;
        walk(sorted.data() + from, sorted.data() + to, out, intake);
    }
    if (!out.list.empty())
        intake.warnings.push_back(
            "Tide does not say when a change came into its pool: enqueued is when its first test was triggered, so the "
            "wait before that is missing; and not why one that did not land went away: it stays open");
    return out;
}

}  // namespace gatesim::import
