// Zuul: buildsets with their builds, builds alone, and the page of what waits now. An item in a gate pipeline is a
// stay; each of its buildsets is a group: a reset makes another one, under the same event.
#include <fmt/format.h>

#include <set>
#include <unordered_map>

#include "import/zuul_words.hpp"

namespace gatesim::import {

namespace {

const char* const kHow =
    R"how(# Buildsets of the gate pipeline with their builds; the list of buildsets leaves the builds out. Z is the address of
# the tenant: https://zuul.example.com/api/tenant/NAME
for skip in $(seq 0 100 9900); do
  curl -sf "$Z/buildsets?pipeline=gate&limit=100&skip=$skip"
done | jq -r '.[].uuid' | sort -u | while read -r uuid; do
  curl -sf "$Z/buildset/$uuid"
done > buildsets.json
# Other pipelines use the same machines. Builds alone do not say when a change was enqueued.
for skip in $(seq 0 100 9900); do curl -sf "$Z/builds?limit=100&skip=$skip"; done > builds.json
# What waits now.
curl -sf "$Z/status" > status.json
gatesim import zuul buildsets.json builds.json status.json --out FOLDER
)how";

constexpr const char* kUselessBuild = "a build without a name, or that ended before it began";

/// A buildset, or what builds without one make of one.
struct Set {
    Key item = 0;               ///< of its stays
    Moment first = kNever;      ///< when the first build began
    Moment last = -1;           ///< when the last one ended
    bool waits = false;         ///< it is from a status: its stays are in waiting_
    bool told = false;          ///< `outcome` is what Zuul says
    Left outcome = Left::open;  ///< of its stays, if it was the last buildset of them
    LeftFor cause = LeftFor::none;
    std::vector<Stay> stays;  ///< as far as they are known from it; empty: not a gate
};

class Zuul : public Importer {
public:
    void take(std::string_view, const Json& record, Intake& intake) override {
        if (has(record, "job_name")) return lone_build(record, intake);
        if (field(record, "pipelines").is_array()) return status(record, intake);
        if (has(record, "uuid") && (has(record, "refs") || has(record, "pipeline"))) return buildset(record, intake);
        intake.drop("neither a buildset, a build nor a status");
    }
    void finish(Records& records, Intake& intake) override;

private:
    void buildset(const Json& record, Intake& intake);
    void lone_build(const Json& record, Intake& intake);
    void status(const Json& record, Intake& intake);
    void waiting(const Json& item, const std::string& pipeline, Intake& intake);
    bool build(const Json& record, JobRow row, Intake& intake);
    void build_all(const Json& records, const JobRow& row, Intake& intake);
    std::vector<Stay> stays_of(const Json& record, const std::string& pipeline, Key item, Moment enqueued);
    void look_at_builds(std::deque<JobRow>& rows);
    void split_rounds(std::deque<JobRow>& rows);
    std::deque<Stay> close(Intake& intake);
    void add_waiting(std::deque<Stay>& stays) const;
    void supersede(std::deque<JobRow>& rows);

    Texts texts_;
    Once<JobRow> rows_;
    std::map<Key, Set> sets_;
    std::map<Key, Stay> waiting_;  ///< from a status, by change, patch set and pipeline
    std::uint64_t listed_again_ = 0;
    bool other_pipelines_ = false;
};

bool Zuul::build(const Json& record, JobRow row, Intake& intake) {
    const std::string name = text_of(has(record, "job_name") ? field(record, "job_name") : field(record, "name"));
    if (name.empty()) return false;
    const std::string result = text_of(field(record, "result"));
    row.started = moment_of(field(record, "start_time"));
    row.ended = moment_of(field(record, "end_time"));
    const Moment length = length_of(field(record, "duration"));
    if (row.started == kNever) row.started = less(row.ended, length);
    if (row.ended == kNever && !result.empty()) row.ended = plus(row.started, length);
    row.result = zuul_result(result);
    if (row.result == RunResult::skipped) row.started = row.ended = kNever;
    if (row.result == RunResult::unfinished) row.ended = kNever;
    const std::string uuid = text_of(field(record, "uuid"));
    row.id = uuid.empty() ? key_of(key_of(row.group, name), row.started) : key_of({"build", uuid});
    row.job = texts_.of(name);
    row.label = texts_.of(text_of(field(record, "nodeset")));
    row.voting = true_in(record, "voting", true);
    row.state = row.group;
    if (!repair(row, intake)) return false;
    row.tie = tie_of(texts_, {row.job, row.label, row.runner});
    rows_.add(row);
    return true;
}

/// Builds that are a part of a record: those that are of no use are counted beside it.
void Zuul::build_all(const Json& records, const JobRow& row, Intake& intake) {
    for (const Json& one : records) {
        if (build(one, row, intake)) continue;
        ++intake.read;
        intake.drop(kUselessBuild);
    }
}

/// A stay for each change of the item, if the pipeline is a gate.
std::vector<Stay> Zuul::stays_of(const Json& record, const std::string& pipeline, Key item, Moment enqueued) {
    std::vector<Stay> stays;
    if (!is_gate(pipeline)) {
        other_pipelines_ = true;
        return stays;
    }
    for (const ZuulChange& change : changes_of(record)) {
        Stay stay;
        stay.about = key_of({change.name, change.patch_set, pipeline});
        stay.id = key_of(item, change.name);
        stay.entry.change = texts_.of(change.name);
        stay.entry.project = texts_.of(change.project);
        stay.entry.branch = texts_.of(change.branch);
        stay.entry.enqueued = enqueued;
        stays.push_back(stay);
    }
    return stays;
}

void Zuul::buildset(const Json& record, Intake& intake) {
    const std::string uuid = text_of(field(record, "uuid")), pipeline = text_of(field(record, "pipeline"));
    const Moment enqueued = moment_of(field(record, "event_timestamp"));
    const std::vector<ZuulChange> changes = changes_of(record);
    if (uuid.empty()) return intake.drop("a buildset without uuid");
    if (changes.empty()) return intake.drop("a buildset of no change");
    const Key group = key_of({"buildset", uuid});
    Set& set = sets_[group];
    ++intake.used;
    if (set.told) {
        ++listed_again_;
        --intake.used;
    }
    set.told = true;
    std::string event = text_of(field(record, "event_id"));
    if (event.empty() && enqueued != kNever) event = std::to_string(enqueued);
    if (event.empty()) event = uuid;
    set.item = key_of({changes.front().name, changes.front().patch_set, pipeline, event});
    set.stays = stays_of(record, pipeline, set.item, enqueued);
    set.first = std::min(set.first, moment_of(field(record, "first_build_start_time")));
    if (const Moment last = moment_of(field(record, "last_build_end_time")); last != kNever)
        set.last = std::max(set.last, last);
    if (const auto [outcome, cause] = zuul_outcome(text_of(field(record, "result"))); outcome != Left::open) {
        set.outcome = outcome;
        set.cause = cause;
    }
    JobRow row;
    row.counted = false;
    row.group = group;
    build_all(field(record, "builds"), row, intake);
}

void Zuul::lone_build(const Json& record, Intake& intake) {
    const std::string pipeline = text_of(field(record, "pipeline"));
    const std::string uuid = text_of(field(record, {"buildset", "uuid"}));
    const std::vector<ZuulChange> changes = changes_of(record);
    if (changes.empty()) return intake.drop("a build of no change");
    const Key item = key_of({changes.front().name, changes.front().patch_set, pipeline});
    JobRow row;
    row.group = uuid.empty() ? item : key_of({"buildset", uuid});
    if (!build(record, row, intake)) return intake.drop(kUselessBuild);
    ++intake.used;
    Set& set = sets_[row.group];
    if (set.item == 0) set.item = uuid.empty() ? item : key_of(item, uuid);
    if (set.stays.empty()) set.stays = stays_of(record, pipeline, set.item, kNever);
}

void Zuul::waiting(const Json& item, const std::string& pipeline, Intake& intake) {
    const std::vector<ZuulChange> changes = changes_of(item);
    if (changes.empty() || !true_in(item, "live", true)) return intake.drop("an item that is not for itself");
    const Moment enqueued = moment_of(field(item, "enqueue_time"));
    if (enqueued == kNever) return intake.drop("waits, since when is not said");
    JobRow row;
    row.counted = false;
    const Key about = key_of({changes.front().name, changes.front().patch_set, pipeline});
    row.group = key_of(about, enqueued);
    Set& set = sets_[row.group];
    set.item = row.group;
    set.waits = true;
    set.stays = stays_of(item, pipeline, row.group, enqueued);
    for (Stay stay : set.stays) {
        const std::string owner = text_of(field(item, "owner"));
        stay.entry.author = texts_.of(person(owner));
        waiting_.try_emplace(stay.id, stay);
    }
    build_all(field(item, "jobs"), row, intake);
    ++intake.used;
}

void Zuul::status(const Json& record, Intake& intake) {
    std::uint64_t items = 0;
    for (const Json& pipeline : field(record, "pipelines"))
        for (const Json& queue : field(pipeline, "change_queues"))
            for (const Json& head : field(queue, "heads"))
                for (const Json& item : head) {
                    waiting(item, text_of(field(pipeline, "name")), intake);
                    ++items;
                }
    if (items == 0) return intake.drop("a status where nothing waits");
    intake.read += items - 1;  // the document was counted as one
}

/// A job that has ended and begins again on the same patch set belongs to another round: somebody asked for it anew.
void Zuul::split_rounds(std::deque<JobRow>& rows) {
    std::sort(rows.begin(), rows.end(), [](const JobRow& a, const JobRow& b) {
        return std::tuple(a.group, a.started, a.id) < std::tuple(b.group, b.started, b.id);
    });
    std::set<Texts::Id> ended;
    Key group = 0, round = 0;
    for (JobRow& row : rows) {
        if (row.group != group) {
            ended.clear();
            group = round = row.group;
        }
        const auto known = sets_.find(group);
        if (known == sets_.end() || known->second.told || known->second.waits) continue;
        if (ended.contains(row.job) && row.started != kNever) {
            ended.clear();
            round = key_of(group, row.started);
            Set another = known->second;
            another.item = key_of(another.item, row.started);
            for (Stay& stay : another.stays) stay.id = key_of(stay.id, row.started);
            sets_.emplace(round, another);
        }
        if (row.result != RunResult::no_result && row.result != RunResult::unfinished) ended.insert(row.job);
        row.group = row.state = round;
    }
}

/// What the builds say about their buildset, where it does not say it itself.
void Zuul::look_at_builds(std::deque<JobRow>& rows) {
    number_attempts(rows);
    struct Seen {
        bool red = false, timeout = false, unfinished = false, green = false;
    };
    std::map<Key, Seen> seen;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const JobRow& row = rows[i];
        Set& set = sets_[row.group];
        set.first = std::min(set.first, row.started);
        if (row.ended != kNever) set.last = std::max(set.last, row.ended);
        const bool last = i + 1 == rows.size() || rows[i + 1].group != row.group || rows[i + 1].job != row.job;
        if (!last || !row.voting) continue;
        Seen& s = seen[row.group];
        s.red |= row.result == RunResult::failure || row.result == RunResult::no_result;
        s.timeout |= row.result == RunResult::timeout;
        s.unfinished |= row.result == RunResult::unfinished || row.result == RunResult::cancelled;
        s.green |= row.result == RunResult::success;
    }
    for (const auto& [group, s] : seen) {
        Set& set = sets_[group];
        if (set.outcome == Left::ejected && set.cause == LeftFor::failure && s.timeout && !s.red)
            set.cause = LeftFor::timeout;
        if (set.told || set.outcome != Left::open) continue;
        if (s.red || s.timeout) {
            set.outcome = Left::ejected;
            set.cause = s.red ? LeftFor::failure : LeftFor::timeout;
        } else if (s.green && !s.unfinished) {
            set.outcome = Left::landed;
        }
    }
}

/// What a status listed, and no buildset is about.
void Zuul::add_waiting(std::deque<Stay>& stays) const {
    std::multimap<Key, Entry> known;
    for (const Stay& stay : stays) known.emplace(stay.about, stay.entry);
    for (const auto& [id, stay] : waiting_) {
        const auto [from, to] = known.equal_range(stay.about);
        const Moment enqueued = stay.entry.enqueued;
        if (std::none_of(from, to, [&](const auto& other) {
                const Entry& e = other.second;
                return e.enqueued <= enqueued + 5 * kSecond && (e.left == kNever || e.left >= enqueued);
            }))
            stays.push_back(stay);
    }
}

/// The stays: of several buildsets of an item the last one says how it ended.
std::deque<Stay> Zuul::close(Intake& intake) {
    std::map<Key, Stay> stays;
    std::map<Key, Moment> latest;
    std::uint64_t by_start = 0, untimed = 0;
    for (const auto& [group, set] : sets_) {
        if (set.waits) continue;
        untimed += !set.stays.empty() && set.stays.front().entry.enqueued == kNever && set.first == kNever;
        for (Stay stay : set.stays) {
            Entry& e = stay.entry;
            if (e.enqueued == kNever && set.first != kNever) {
                e.enqueued = set.first;
                ++by_start;
            }
            if (e.enqueued == kNever) continue;
            e.outcome = set.outcome;
            e.cause = set.cause;
            if (set.outcome != Left::open) e.left = std::max(set.last, e.enqueued);
            const Moment at = std::max(set.last, set.first == kNever ? Moment{-1} : set.first);
            const auto [known, fresh] = stays.try_emplace(stay.id, stay);
            if (fresh) {
                latest[stay.id] = at;
                continue;
            }
            stay.entry.enqueued = known->second.entry.enqueued = std::min(known->second.entry.enqueued, e.enqueued);
            if (at > latest[stay.id]) {
                latest[stay.id] = at;
                known->second = stay;
            }
        }
    }
    if (untimed > 0)
        intake.warnings.push_back(
            fmt::format("{} without any time: no stay", counted(untimed, "buildset is", "buildsets are")));
    if (by_start > 0)
        intake.warnings.push_back(fmt::format(
            "{} without event_timestamp: enqueued is when the first build began, so the wait before it is missing; "
            "export buildsets",
            counted(by_start, "stay is", "stays are")));
    std::deque<Stay> out;
    for (const auto& [id, stay] : stays) out.push_back(stay);
    add_waiting(out);
    return out;
}

/// Builds that were stopped in a buildset that another one of the same item came after.
void Zuul::supersede(std::deque<JobRow>& rows) {
    std::map<Key, std::pair<Moment, Key>> last;
    for (const auto& [group, set] : sets_) {
        if (set.item == 0) continue;
        const std::pair at(set.first == kNever ? Moment{-1} : set.first, group);
        const auto [known, fresh] = last.try_emplace(set.item, at);
        if (!fresh) known->second = std::max(known->second, at);
    }
    for (JobRow& row : rows) {
        const Set& set = sets_[row.group];
        if (set.item != 0 && row.result == RunResult::cancelled && last[set.item].second != row.group)
            row.result = RunResult::superseded;
        if (!set.stays.empty()) row.stay = set.stays.back().id;
    }
}

void Zuul::finish(Records& records, Intake& intake) {
    std::deque<JobRow>& rows = rows_.rows();
    const std::uint64_t repeats = rows_.repeats();
    intake.used -= repeats;
    if (repeats + listed_again_ > 0) intake.dropped["listed again"] += repeats + listed_again_;
    split_rounds(rows);
    look_at_builds(rows);
    supersede(rows);
    std::deque<Stay> stays = close(intake);
    if (stays.empty() && other_pipelines_)
        intake.warnings.push_back(
            "no pipeline is called gate, merge, submit or land: it says how jobs ran, and nothing of a queue");
    if (std::any_of(stays.begin(), stays.end(), [](const Stay& s) { return s.entry.outcome == Left::landed; }))
        intake.warnings.push_back(
            "left is when the last build ended: whoever then waited for those ahead left later than that");
    std::map<Key, Group> groups;
    for (const auto& [group, set] : sets_) {
        if (set.stays.size() < 2) continue;
        for (const Stay& stay : set.stays) groups[group].stays.push_back(stay.id);
    }
    records.texts = std::move(texts_);
    fill(records, stays, rows, groups);
}

int knows(std::string_view, const Json& record) {
    if (has(record, "job_name") && has(record, "uuid")) return 2;
    if (has(record, "uuid") && has(record, "pipeline") && (has(record, "refs") || has(record, "change"))) return 2;
    const Json& pipelines = field(record, "pipelines");
    return pipelines.is_array() && !pipelines.empty() && has(pipelines.front(), "change_queues") ? 2 : 0;
}

[[maybe_unused]] const bool registered =
    register_forge({.name = "zuul",
                    .summary = "buildsets with builds, builds alone, and the status of what waits now",
                    .how = kHow,
                    .lists = {},
                    .knows = knows,
                    .make = [] { return std::unique_ptr<Importer>(std::make_unique<Zuul>()); }});

}  // namespace

}  // namespace gatesim::import
