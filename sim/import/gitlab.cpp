// GitLab: cars of merge trains, and jobs of pipelines. A car is a stay, a pipeline a group.
//
// A merge request that was taken out of the train has no car any more. What is left of it is its train pipeline, whose
// name says which merge request it was for: where that failed and no car explains it, an ejected stay is made of it.
#include <fmt/format.h>

#include <set>
#include <unordered_map>

#include "import/gather.hpp"
#include "import/gitlab_words.hpp"

namespace gatesim::import {

namespace {

const char* const kHow =
    R"how(# P is the number of the project. Cars of its merge trains, then the jobs of its pipelines, retried ones as well.
H="PRIVATE-TOKEN: $TOKEN"; API=https://gitlab.example.com/api/v4/projects/P
for page in $(seq 1 50); do
  curl -sf -H "$H" "$API/merge_trains?per_page=100&page=$page"
done > trains.json
for page in $(seq 1 50); do
  curl -sf -H "$H" "$API/pipelines?updated_after=2030-01-01T00:00:00Z&per_page=100&page=$page"
done | jq '.[].id' | sort -un | while read -r pipeline; do
  for page in 1 2 3; do
    curl -sf -H "$H" "$API/pipelines/$pipeline/jobs?include_retried=true&per_page=100&page=$page"
  done
done > jobs.json
gatesim import gitlab trains.json jobs.json --out FOLDER
)how";

/// What is known of a pipeline beside its jobs.
struct Pipeline {
    Key merge_request = 0;  ///< of a train; else 0
    Moment first = kNever;  ///< when its first job was created
    Moment last = -1;       ///< when its last job ended
    bool red = false, timeout = false, unfinished = false;
    Key stay = 0;
    Texts::Id number = 0, project = 0;  ///< of the merge request
};

class Gitlab : public Importer {
public:
    void take(std::string_view, const Json& record, Intake& intake) override {
        if (has(record, "merge_request") && has(record, "target_branch")) return car(record, intake);
        if (has(record, "name") && has(record, "status")) return job(record, intake);
        intake.drop("neither a car of a merge train nor a job");
    }
    void finish(Records& records, Intake& intake) override;

private:
    void car(const Json& record, Intake& intake);
    void job(const Json& record, Intake& intake);
    /// Unknown, or what the number stands for in all exports.
    Texts::Id project_of(const Json& number) { return texts_.of(text_of(number)); }
    void look_at_pipelines(RowList<JobRow>& rows);
    void find_stays(RowList<Stay>& stays, Intake& intake);
    /// Of each stay the last pipeline, and when that began.
    std::unordered_map<Key, std::pair<Moment, Key>> last_pipelines() const;
    void close(RowList<Stay>& stays, const std::unordered_map<Key, std::pair<Moment, Key>>& last) const;
    bool eject(Key id, Pipeline& pipeline, RowList<Stay>& stays) const;

    Texts texts_;
    Once<Stay> cars_;
    Once<JobRow> jobs_;
    std::map<Key, Pipeline> pipelines_;
};

/// GitLab gives the project's number with cars, and not always with jobs: a merge request is found by its number alone,
/// so two projects have to be imported one by one.
Key merge_request_key(const std::string& iid) {
    return key_of({"merge request", iid});
}

void Gitlab::car(const Json& record, Intake& intake) {
    const std::string iid = text_of(field(record, {"merge_request", "iid"}));
    const Moment enqueued = moment_of(field(record, "created_at"));
    if (iid.empty()) return intake.drop("a car without its merge request");
    if (enqueued == kNever) return intake.drop("a car without created_at");
    const std::string id = text_of(field(record, "id"));
    Stay stay;
    stay.id = id.empty() ? key_of(merge_request_key(iid), enqueued) : key_of({"car", id});
    stay.about = merge_request_key(iid);
    Entry& e = stay.entry;
    e.change = texts_.of(iid);
    e.project = texts_.of(text_of(field(record, {"merge_request", "project_id"})));
    e.branch = texts_.of(text_of(field(record, "target_branch")));
    const Json& user = field(record, "user");
    const std::string name = text_of(field(user, "username"));
    e.author = is_bot(name) ? 0 : texts_.of(text_of(field(user, "id")));
    e.enqueued = enqueued;
    const std::string status = text_of(field(record, "status"));
    if (status == "merged" || status == "skip_merged") {
        e.outcome = Left::landed;
        e.left = moment_of(field(record, "merged_at"));
        if (e.left == kNever) e.left = plus(enqueued, length_of(field(record, "duration")));
        if (e.left == kNever) return intake.drop("merged, but not when");
        if (e.left < enqueued) {
            e.left = enqueued;
            ++intake.clocks_repaired;
        }
    } else {
        e.left_lo = moment_of(field(record, "updated_at"));  // a poll: it was there
        if (e.left_lo != kNever && e.left_lo < enqueued) e.left_lo = kNever;
    }
    if (const std::string pipeline = text_of(field(record, {"pipeline", "id"})); !pipeline.empty())
        pipelines_[key_of({"pipeline", pipeline})].stay = stay.id;
    stay.tie = tie_of(texts_, {e.change, e.project, e.branch, e.author});
    cars_.add(stay);
    ++intake.used;
}

void Gitlab::job(const Json& record, Intake& intake) {
    const std::string id = text_of(field(record, "id")), name = text_of(field(record, "name"));
    JobRow row;
    row.created = moment_of(field(record, "created_at"));
    if (id.empty() || name.empty()) return intake.drop("a job without id or name");
    if (row.created == kNever) return intake.drop("a job without created_at");
    row.id = key_of({"job", id});
    row.job = texts_.of(name);
    row.voting = !true_in(record, "allow_failure", false);
    row.started = moment_of(field(record, "started_at"));
    row.ended = moment_of(field(record, "finished_at"));
    const Moment length = length_of(field(record, "duration"));
    if (row.started == kNever && length != kNever) row.started = less(row.ended, length);
    if (row.ended == kNever) row.ended = plus(row.started, length);
    const std::string status = text_of(field(record, "status"));
    if (status.empty()) return intake.drop("a job without status");
    row.result = gitlab_result(status, text_of(field(record, "failure_reason")), row.started != kNever);
    if (row.result == RunResult::skipped) row.started = row.ended = kNever;
    if (row.result == RunResult::unfinished) {
        if (status != "running" && status != "canceling") row.started = kNever;
        row.ended = kNever;
    }
    // It counts the wait for a runner alone, not that for other jobs or for somebody who starts it by hand.
    row.queued = less(row.started, length_of(field(record, "queued_duration")));
    if (!repair(row, intake)) return intake.drop("a job that ended before it began");
    std::vector<std::string> tags;
    for (const Json& tag : field(record, "tag_list"))
        if (tag.is_string()) tags.push_back(tag.get<std::string>());
    std::sort(tags.begin(), tags.end());
    row.label = texts_.of(fmt::format("{}", fmt::join(tags, " ")));
    row.runner = texts_.of(text_of(field(record, {"runner", "id"})));
    const Json& pipeline = field(record, "pipeline");
    if (const std::string number = text_of(field(pipeline, "id")); !number.empty()) {
        row.group = key_of({"pipeline", number});
        Pipeline& known = pipelines_[row.group];
        const std::string sha = text_of(field(pipeline, "sha"));
        row.state = sha.empty() ? row.group : key_of({"sha", sha});
        std::string ref = text_of(field(pipeline, "ref"));
        if (ref.empty()) ref = text_of(field(record, "ref"));
        if (const std::string iid = in_train(ref); !iid.empty()) {
            known.merge_request = merge_request_key(iid);
            known.number = texts_.of(iid);
            if (const Texts::Id project = texts_.of(text_of(field(pipeline, "project_id")))) known.project = project;
        }
    } else if (pipeline.is_object()) {
        intake.drop_part("a job without its pipeline's id: of no test");
    }
    row.tie = tie_of(texts_, {row.job, row.label, row.runner});
    jobs_.add(row);
    ++intake.used;
}

/// How each ended: a job counts as its last execution.
void Gitlab::look_at_pipelines(RowList<JobRow>& rows) {
    number_attempts(rows);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const JobRow& row = rows[i];
        if (row.group == 0) continue;
        Pipeline& pipeline = pipelines_[row.group];
        pipeline.first = std::min(pipeline.first, row.created);
        if (row.ended != kNever) pipeline.last = std::max(pipeline.last, row.ended);
        const bool last = i + 1 == rows.size() || rows[i + 1].group != row.group || rows[i + 1].job != row.job;
        if (!last || !row.voting) continue;
        pipeline.red |= row.result == RunResult::failure || row.result == RunResult::no_result;
        pipeline.timeout |= row.result == RunResult::timeout;
        pipeline.unfinished |= row.result == RunResult::unfinished;
    }
}

/// A stay of a merge request whose car is gone. False if nothing shows that it was put out.
bool Gitlab::eject(Key id, Pipeline& pipeline, RowList<Stay>& stays) const {
    if ((!pipeline.red && !pipeline.timeout) || pipeline.last < pipeline.first) return false;
    Stay stay;
    stay.id = pipeline.stay = key_of(id, "ejected");
    stay.about = pipeline.merge_request;
    stay.entry.change = pipeline.number;
    stay.entry.enqueued = pipeline.first;
    stay.entry.left = pipeline.last;
    stay.entry.outcome = Left::ejected;
    stay.entry.cause = pipeline.red ? LeftFor::failure : LeftFor::timeout;
    stay.entry.project = pipeline.project != 0 || stays.empty() ? pipeline.project : stays.front().entry.project;
    stay.entry.branch = stays.empty() ? 0 : stays.front().entry.branch;
    stays.push_back(stay);
    return true;
}

void Gitlab::find_stays(RowList<Stay>& stays, Intake& intake) {
    std::map<std::pair<Key, Moment>, const Stay*> by_time;
    for (const Stay& stay : stays) by_time.emplace(std::pair(stay.about, stay.entry.enqueued), &stay);
    RowList<Stay> ejected;
    std::set<Key> left;
    if (!stays.empty()) ejected.push_back(stays.front());  // says project and branch of those that are made here
    std::uint64_t lost = 0;
    for (auto& [id, pipeline] : pipelines_) {
        if (pipeline.stay != 0 || pipeline.merge_request == 0) continue;
        auto after = by_time.upper_bound({pipeline.merge_request, plus(pipeline.first, 5 * kSecond)});
        if (after != by_time.begin() && (--after)->first.first == pipeline.merge_request &&
            (after->second->entry.left == kNever || after->second->entry.left >= pipeline.first))
            pipeline.stay = after->second->id;
        else if (stays.empty() || !eject(id, pipeline, ejected))
            ++lost;
    }
    if (!ejected.empty()) ejected.pop_front();
    if (!ejected.empty())
        intake.warnings.push_back(fmt::format(
            "{} no car: taken as ejected when the last job ended, and as enqueued when the first was created",
            counted(ejected.size(), "failed train pipeline has", "failed train pipelines have")));
    for (std::uint64_t i = 0; i < lost && !stays.empty(); ++i)
        intake.drop_part("a train pipeline without its car, that did not fail: no stay");
    if (lost > 0)
        intake.warnings.push_back(fmt::format("{} no car in the export: their jobs belong to no stay",
                                              counted(lost, "train pipeline has", "train pipelines have")));
    for (const Stay& stay : ejected) stays.push_back(stay);
}

std::unordered_map<Key, std::pair<Moment, Key>> Gitlab::last_pipelines() const {
    std::unordered_map<Key, std::pair<Moment, Key>> last;
    for (const auto& [id, pipeline] : pipelines_) {
        if (pipeline.stay == 0 || pipeline.first == kNever) continue;
        const std::pair this_one(pipeline.first, id);
        const auto [known, fresh] = last.try_emplace(pipeline.stay, this_one);
        if (!fresh) known->second = std::max(known->second, this_one);
    }
    return last;
}

/// A car that was listed while its last pipeline was red leaves the train with it.
void Gitlab::close(RowList<Stay>& stays, const std::unordered_map<Key, std::pair<Moment, Key>>& last) const {
    for (Stay& stay : stays) {
        const auto found = last.find(stay.id);
        if (stay.entry.outcome != Left::open || found == last.end()) continue;
        const Pipeline& pipeline = pipelines_.at(found->second.second);
        if (pipeline.unfinished || (!pipeline.red && !pipeline.timeout) || pipeline.last < stay.entry.enqueued)
            continue;
        if (stay.entry.left_lo != kNever && stay.entry.left_lo > pipeline.last + kMinute) continue;  // still there
        stay.entry.left_lo = kNever;
        stay.entry.left = pipeline.last;
        stay.entry.outcome = Left::ejected;
        stay.entry.cause = pipeline.red ? LeftFor::failure : LeftFor::timeout;
    }
}

void Gitlab::finish(Records& records, Intake& intake) {
    RowList<Stay>& stays = cars_.rows();
    RowList<JobRow>& rows = jobs_.rows();
    const std::uint64_t repeats = cars_.repeats() + jobs_.repeats();
    intake.repeated(repeats);
    intake.used -= repeats;
    if (stays.empty())
        intake.warnings.push_back("no merge train in it: it says how jobs ran, and nothing of who waited in a queue");
    look_at_pipelines(rows);
    find_stays(stays, intake);
    auto last = last_pipelines();
    close(stays, last);
    for (JobRow& row : rows) {
        if (row.group == 0) continue;
        row.stay = pipelines_[row.group].stay;
        if (row.result == RunResult::cancelled && row.stay != 0 && last[row.stay].second != row.group)
            row.result = RunResult::superseded;
    }
    records.texts = std::move(texts_);
    fill(records, stays, rows, {});
}

int knows(std::string_view, const Json& record) {
    if (has(record, "merge_request") && has(record, "target_branch") && has(record, "pipeline")) return 2;
    return has(record, "name") && has(record, "stage") && has(record, "allow_failure") && has(record, "created_at") ? 2
                                                                                                                    : 0;
}

[[maybe_unused]] const bool registered =
    register_forge({.name = "gitlab",
                    .summary = "merge trains, and jobs of pipelines with include_retried",
                    .how = kHow,
                    .lists = {},
                    .knows = knows,
                    .make = [] { return std::unique_ptr<Importer>(std::make_unique<Gitlab>()); }});

}  // namespace

}  // namespace gatesim::import
