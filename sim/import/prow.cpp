// Prow: the history of Tide, jobs (deck's prowjobs.js), and pairs of started.json and finished.json. Tide triggers
// tests of one change or of a batch, and merges. When a change came into the pool is not recorded: its stay begins with
// the first test that Tide triggered for it.
#include <fmt/format.h>

#include <set>
#include <unordered_map>

#include "import/prow_pool.hpp"

namespace gatesim::import {

namespace {

const char* const kHow =
    R"how(# D is the address of deck: https://prow.example.com. Both hold the last days only: save them again every few hours.
curl -sf "$D/tide-history.js" > tide.json
curl -sf "$D/prowjobs.js?omit=annotations,decoration_config,pod_spec" > jobs.json
# What the buckets keep, for longer: the name of the job is in the path only, so it is written beside the rest.
# B is a folder of the bucket: .../pr-logs/pull/ORG_REPO
for file in $(find "$B" -name started.json -o -name finished.json); do
  build=$(dirname "$file"); job=$(basename "$(dirname "$build")")
  jq -c --arg job "$job" --arg build "$(basename "$build")" '. + {job: $job, build: $build}' "$file"
done > builds.jsonl
gatesim import prow tide.json jobs.json builds.jsonl --out FOLDER
)how";

/// One half of a build, until the other one comes.
struct Half {
    Key id = 0;     ///< of this record
    Key build = 0;  ///< of both, if they say it; else what they tested
    JobRow row;
    bool end = false, named = false, counted = true;

    bool later_than(const Half& other) const { return row.later_than(other.row); }
};

class Prow : public Importer {
public:
    void take(std::string_view, const Json& record, Intake& intake) override {
        if (has(record, "History")) return history(record, intake);
        if (has(record, "spec") && has(record, "status")) return prow_job(record, intake);
        if (has(record, "timestamp") && (has(record, "passed") || has(record, "result")))
            return finished(record, intake);
        if (has(record, "timestamp")) return started(record, intake);
        intake.drop("neither a history of Tide, a job, nor a started.json or finished.json");
    }
    void finish(Records& records, Intake& intake) override;

private:
    void history(const Json& record, Intake& intake);
    void prow_job(const Json& record, Intake& intake);
    void started(const Json& record, Intake& intake);
    void finished(const Json& record, Intake& intake);
    void pair_halves(RowList<JobRow>& rows, Intake& intake);
    void find_stays(RowList<JobRow>& rows, const ProwStays& stays, std::map<Key, Group>& groups) const;
    static void supersede(RowList<JobRow>& rows, const ProwStays& stays, const std::map<Key, Group>& groups);

    Texts texts_;
    ProwPool pool_{texts_};
    Once<JobRow> rows_;
    Once<Half> halves_;
    std::map<Key, ProwTested> tested_;  ///< by group
    bool history_ = false;
};

void Prow::history(const Json& record, Intake& intake) {
    history_ = true;
    const Json& pools = field(record, "History");
    std::uint64_t records = 0;
    if (pools.is_object())
        for (const auto& [name, list] : pools.items())
            for (const Json& one : list) {
                pool_.take(name, one, intake);
                ++records;
            }
    if (records == 0) return intake.drop("an empty history");
    intake.read += records - 1;  // the document was counted as one
}

RunResult prow_state(const std::string& state) {
    if (state == "success") return RunResult::success;
    if (state == "failure") return RunResult::failure;
    if (state == "aborted") return RunResult::cancelled;
    if (state == "error") return RunResult::no_result;
    return RunResult::unfinished;  // scheduling, triggered, pending
}

void Prow::prow_job(const Json& record, Intake& intake) {
    const Json& spec = field(record, "spec");
    const Json& status = field(record, "status");
    const std::string name = text_of(field(spec, "job"));
    if (name.empty()) return intake.drop("a job without a name");
    JobRow row;
    row.created = moment_of(field(record, {"metadata", "creationTimestamp"}));
    if (row.created == kNever) row.created = moment_of(field(status, "startTime"));
    row.queued = row.created;
    row.started = moment_of(field(status, "pendingTime"));
    row.result = prow_state(text_of(field(status, "state")));
    if (row.started == kNever && row.result != RunResult::unfinished)
        row.started = moment_of(field(status, "startTime"));
    if (row.result != RunResult::unfinished) row.ended = moment_of(field(status, "completionTime"));
    std::string id = text_of(field(record, {"metadata", "name"}));
    if (id.empty()) id = text_of(field(status, "build_id"));
    if (id.empty()) return intake.drop("a job without a number");
    row.id = key_of({"job", id});
    row.job = texts_.of(name);
    row.label = texts_.of(text_of(field(spec, "cluster")));
    row.voting = text_of(field(record, {"metadata", "labels", "prow.k8s.io/is-optional"})) != "true";
    const ProwTested tested = tested_by(field(spec, "refs"));
    if (!tested.pulls.empty()) {
        row.group = row.state = tested.key();
        tested_.try_emplace(row.group, tested);
    }
    if (!repair(row, intake)) return intake.drop("a job that ended before it began");
    row.tie = tie_of(texts_, {row.job, row.label, row.runner});
    rows_.add(row);
    ++intake.used;
}

void Prow::started(const Json& record, Intake& intake) {
    Half half;
    half.row.created = half.row.started = moment_of(field(record, "timestamp"));
    if (half.row.started == kNever) return intake.drop("a started.json without its time");
    const ProwTested tested = tested_in(field(record, "repos"), text_of(field(record, "pull")));
    if (!tested.pulls.empty()) {
        half.row.group = half.row.state = tested.key();
        tested_.try_emplace(half.row.group, tested);
    }
    const std::string job = text_of(field(record, "job")), build = text_of(field(record, "build"));
    half.named = !job.empty();
    half.row.job = texts_.of(half.named ? job : "job");
    half.build = build.empty() ? key_of({"of", tested.revision()}) : key_of({"build", job, build});
    half.id = key_of(key_of(half.build, "start"), half.row.started);
    halves_.add(half);
    ++intake.used;
}

void Prow::finished(const Json& record, Intake& intake) {
    Half half;
    half.end = true;
    half.row.ended = moment_of(field(record, "timestamp"));
    if (half.row.ended == kNever) return intake.drop("a finished.json without its time");
    const std::string result = text_of(field(record, "result"));
    half.row.result = true_in(record, "passed", result == "SUCCESS") ? RunResult::success
                      : result == "ABORTED"                          ? RunResult::cancelled
                      : result == "ERROR"                            ? RunResult::no_result
                                                                     : RunResult::failure;
    const std::string job = text_of(field(record, "job")), build = text_of(field(record, "build"));
    half.named = !job.empty();
    half.row.job = texts_.of(half.named ? job : "job");
    half.build = build.empty() ? key_of({"of", text_of(field(record, "revision"))}) : key_of({"build", job, build});
    half.id = key_of(key_of(half.build, "end"), half.row.ended);
    halves_.add(half);
    ++intake.used;
}

/// A start and the end that follows it. Without the name of their build they are matched by what they tested, and only
/// where that leaves no doubt.
void Prow::pair_halves(RowList<JobRow>& rows, Intake& intake) {
    RowList<Half>& halves = halves_.rows();
    std::sort(halves.begin(), halves.end(), [](const Half& a, const Half& b) {
        const auto key = [](const Half& h) {
            return std::tuple(h.build, std::min(h.row.started, h.row.ended), h.end, h.id);
        };
        return key(a) < key(b);
    });
    std::uint64_t unnamed = 0, lone = 0;
    for (std::size_t i = 0; i < halves.size(); ++i) {
        const Half& half = halves[i];
        if (half.end) {
            intake.drop("a finished.json without its started.json");
            --intake.used;
            ++lone;
            continue;
        }
        JobRow row = half.row;
        row.id = half.id;
        if (i + 1 < halves.size() && halves[i + 1].build == half.build) {
            const Half& end = halves[i + 1];
            if (!end.end && !half.named) {  // two began before one ended: whose end is it?
                intake.drop("a started.json that does not name its job, beside another");
                --intake.used;
                continue;
            }
            if (end.end) {
                row.ended = end.row.ended;
                row.result = end.row.result;
                ++i;
            }
        }
        unnamed += !half.named;
        rows.push_back(row);
    }
    if (lone > 0)
        intake.warnings.push_back(
            "a finished.json says when a build ended, not when it began, nor for which change: what is needed is the "
            "started.json beside it");
    if (unnamed > 0)
        intake.warnings.push_back(
            fmt::format("{} the name of the job: all are called \"job\"; --how shows how to write it beside the rest",
                        counted(unnamed, "pair of started.json and finished.json lacks",
                                "pairs of started.json and finished.json lack")));
}

/// Which stays a test was for: those of its changes that began by then and had not ended when it began.
void Prow::find_stays(RowList<JobRow>& rows, const ProwStays& stays, std::map<Key, Group>& groups) const {
    std::unordered_map<Key, Moment> began;
    for (const JobRow& row : rows) {
        const auto [at, fresh] = began.try_emplace(row.group, row.first());
        if (!fresh) at->second = std::min(at->second, row.first());
    }
    for (const auto& [key, tested] : tested_) {
        const auto at = began.find(key);
        if (at == began.end()) continue;
        Group group;
        group.base = tested.base.empty() ? 0 : key_of({tested.pool, tested.base});
        for (const ProwPull& pull : tested.pulls)
            if (const Key stay = stays.at(key_of({tested.pool, pull.number}), at->second)) group.stays.push_back(stay);
        groups.emplace(key, std::move(group));
    }
}

/// Tests that were stopped, and after which the change was tested in another state or had another patch set.
void Prow::supersede(RowList<JobRow>& rows, const ProwStays& stays, const std::map<Key, Group>& groups) {
    std::set<Key> withdrawn;
    for (const Stay& stay : stays.list)
        if (stay.entry.outcome == Left::withdrawn) withdrawn.insert(stay.id);
    std::map<Key, Moment> last;  // of a stay, when the last test was asked for
    const auto stay_of = [&](const JobRow& row) {
        const auto group = groups.find(row.group);
        return group == groups.end() || group->second.stays.empty() ? Key{0} : group->second.stays.back();
    };
    for (const JobRow& row : rows)
        if (const Key stay = stay_of(row))
            last[stay] = std::max(last.try_emplace(stay, row.first()).first->second, row.first());
    for (JobRow& row : rows) {
        const Key stay = row.result == RunResult::cancelled ? stay_of(row) : 0;
        if (stay != 0 && (withdrawn.contains(stay) || (row.ended != kNever && last[stay] >= row.ended)))
            row.result = RunResult::superseded;
    }
}

void Prow::finish(Records& records, Intake& intake) {
    ProwStays stays = pool_.stays(intake);
    RowList<JobRow>& rows = rows_.rows();
    pair_halves(rows, intake);
    const std::uint64_t repeats = rows_.repeats() + halves_.repeats();
    intake.repeated(repeats);
    intake.used -= repeats;
    if (!history_)
        intake.warnings.push_back(
            "no history of Tide in it: it says how jobs ran, and nothing of who waited in a queue");
    std::map<Key, Group> groups;
    find_stays(rows, stays, groups);
    supersede(rows, stays, groups);
    number_attempts(rows);
    records.texts = std::move(texts_);
    fill(records, stays.list, rows, groups);
}

int knows(std::string_view, const Json& record) {
    if (field(record, "History").is_object()) return 2;
    if (has(field(record, "spec"), "job") && has(record, "status")) return 2;
    if (has(record, "timestamp") && (has(record, "passed") || has(record, "repos") || has(record, "repo-version")))
        return 2;
    return 0;
}

[[maybe_unused]] const bool registered =
    register_forge({.name = "prow",
                    .summary = "the history of Tide, jobs, started.json and finished.json",
                    .how = kHow,
                    .lists = {"items"},
                    .knows = knows,
                    .make = [] { return std::unique_ptr<Importer>(std::make_unique<Prow>()); }});

}  // namespace

}  // namespace gatesim::import
