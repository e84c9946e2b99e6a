// Zuul: buildsets with their builds, builds alone, and the page of what waits now. An item in a gate pipeline is a
// stay; each of its buildsets is a group: a reset makes another one, under the same event.
#include <fmt/format.h>

#include "import/zuul_sets.hpp"
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

    Texts texts_;
    Once<JobRow> rows_;
    ZuulSets sets_;
    std::map<Key, Stay> waiting_;  ///< from a status, by change, patch set and pipeline
    std::uint64_t listed_again_ = 0;
    bool other_pipelines_ = false;
    bool timeless_ = false;  ///< a status without times
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
    for (const Json& one : records)
        if (!build(one, row, intake)) intake.drop_part(kUselessBuild);
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
    std::size_t nameless = 0;
    const std::vector<ZuulChange> changes = changes_of(record, &nameless);
    if (uuid.empty()) return intake.drop("a buildset without uuid");
    if (changes.empty()) return intake.drop("a buildset of no change");
    for (; nameless > 0; --nameless) intake.drop_part("a change without its number");
    if (pipeline.empty()) intake.drop_part("a buildset without its pipeline: no stay");
    const Key group = key_of({"buildset", uuid});
    ZuulSet& set = sets_[group];
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
    // Since Zuul 5 the list of builds says what event they belong to, and its time.
    Moment enqueued = moment_of(field(record, "event_timestamp"));
    if (enqueued == kNever) enqueued = moment_of(field(record, {"buildset", "event_timestamp"}));
    const Key item = key_of({changes.front().name, changes.front().patch_set, pipeline});
    JobRow row;
    row.group = uuid.empty() ? item : key_of({"buildset", uuid});
    if (!build(record, row, intake)) return intake.drop(kUselessBuild);
    ++intake.used;
    ZuulSet& set = sets_[row.group];
    if (set.item == 0) set.item = uuid.empty() ? item : key_of(item, uuid);
    if (set.stays.empty()) set.stays = stays_of(record, pipeline, set.item, enqueued);
    for (Stay& stay : set.stays) stay.entry.enqueued = std::min(stay.entry.enqueued, enqueued);
}

void Zuul::waiting(const Json& item, const std::string& pipeline, Intake& intake) {
    const std::vector<ZuulChange> changes = changes_of(item);
    if (changes.empty() || !true_in(item, "live", true)) return intake.drop("an item that is not for itself");
    if (pipeline.empty()) return intake.drop("waits in a pipeline without a name");
    const Moment enqueued = moment_of(field(item, "enqueue_time"));
    if (enqueued == kNever) {
        timeless_ = true;
        return intake.drop("waits, since when is not said");
    }
    JobRow row;
    row.counted = false;
    const Key about = key_of({changes.front().name, changes.front().patch_set, pipeline});
    row.group = key_of(about, enqueued);
    ZuulSet& set = sets_[row.group];
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

void Zuul::finish(Records& records, Intake& intake) {
    RowList<JobRow>& rows = rows_.rows();
    intake.used -= rows_.repeats();
    intake.repeated(rows_.repeats() + listed_again_);
    split_rounds(sets_, rows);
    look_at_builds(sets_, rows);
    assign_builds(sets_, rows);
    RowList<Stay> stays = close_sets(sets_, waiting_, intake);
    if (timeless_)
        intake.warnings.push_back(
            "a status of a Zuul that writes no enqueue_time says who waits, not since when, nor when jobs began: what "
            "is "
            "needed are its builds, or Gerrit's changes with the messages of the CI (import gerrit --how)");
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
