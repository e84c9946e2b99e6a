// github: workflow runs and jobs of Actions, timelines of pull requests, polls of the merge queue, webhooks.
#include <fmt/format.h>

#include <algorithm>

#include "import/github_how.hpp"
#include "import/github_records.hpp"
#include "import/github_rows.hpp"

namespace gatesim::import::github {

namespace {

/// A value somewhere in a document, by its name; nullptr: there is none. Looks ten deep.
const Json* find_below(const Json& value, const char* name, int depth = 10) {
    if (depth == 0 || !value.is_object()) return nullptr;
    if (const auto found = value.find(name); found != value.end()) return &*found;
    for (const Json& member : value)
        if (const Json* const found = find_below(member, name, depth - 1)) return found;
    return nullptr;
}

/// The webhook in what a delivery, or a log of deliveries, has around it; nullptr: there is none.
const Json* payload_in(const Json& record) {
    for (const Json* const payload : {&field(record, {"request", "payload"}), &field(record, "payload")})
        if (payload->is_object()) return payload;
    return nullptr;
}

/// When it came. What is delivered again says when it happened, if at all.
Moment delivered(const Json& record) {
    if (true_in(record, "redelivery", false)) return kNever;
    for (const char* name : {"delivered_at", "received_at", "at", "timestamp"})
        if (const Moment at = moment_of(field(record, name)); at != kNever) return at;
    return kNever;
}

/// An element of a list that was printed without its name.
bool is_plain(const Json& record) {
    return has(record, "run_attempt") || (has(record, "run_id") && has(record, "name")) ||
           (has(record, "workflow_id") && has(record, "head_sha"));
}

/// Of the configuration of a queue what are numbers, and words that GitHub gives.
Json settings_in(const Json& configuration) {
    Json out = Json::object();
    for (const auto& [name, value] : configuration.items())
        if (value.is_number() || name == "mergingStrategy" || name == "mergeMethod") out[name] = value;
    return out;
}

class Github : public Importer {
public:
    void begin(std::string_view) override {
        leave_poll(Poll{});
        ++document_;
    }

    void take(std::string_view list, const Json& record, Intake& intake) override {
        if (list == "workflow_runs") return take_run(record, intake);
        if (list == "jobs") return take_job(record, Json(), intake);
        if (list == "check_runs") return take_check(record, intake);
        if (const Json* const hook = payload_in(record)) return take_hook(*hook, delivered(record), intake);
        if (record.contains("merge_group") || record.contains("pull_request") || record.contains("check_run"))
            return take_hook(record, delivered(record), intake);
        if (record.contains("workflow_job")) return take_job(field(record, "workflow_job"), record, intake);
        if (record.contains("workflow_run")) return take_run(field(record, "workflow_run"), intake);
        if (is_plain(record)) return take_plain(record, intake);
        if (record.contains("timelineItems")) return take_pull(record, intake);
        if (record.contains("enqueuedAt") || record.contains("enqueued_at")) return take_sighting(record, intake);
        const std::uint64_t pull =
            static_cast<std::uint64_t>(std::max<std::int64_t>(0, number_of(field(record, "pull"), 0)));
        if (!read_event(record, pull, 0, document_, rows_)) intake.drop("another event");
    }

    void around(const Json& rest, Intake& intake) override {
        if (const Json* const queue = find_below(rest, "mergeQueue"); queue && has(*queue, "configuration"))
            intake.kept["configuration"] = settings_in(field(*queue, "configuration"));
        if (has(rest, "workflow_runs"))
            rows_.most_workflow_runs = std::max(rows_.most_workflow_runs,
                                                static_cast<std::uint64_t>(number_of(field(rest, "total_count"), 0)));
        Poll poll;
        poll.at = moment_of(field(rest, "at"));
        if (poll.at == kNever) poll.at = moment_of(field(rest, "timestamp"));
        const Json* const more = find_below(rest, "hasNextPage");
        poll.complete = !more || !more->is_boolean() || !more->get<bool>();
        for (std::size_t i = seen_; i < rows_.sightings.size(); ++i) {
            Sighting& seen = rows_.sightings[i];
            seen.branch = rows_.texts.of(text_of(field(rest, "branch")));
            if (seen.project == 0) seen.project = rows_.texts.of(text_of(field(rest, "repository")));
        }
        const bool of_queue = find_below(rest, "mergeQueue") || has(rest, "entries");
        if (of_queue && poll.at != kNever) leave_poll(poll);
    }

    void finish(Records& records, Intake& intake) override {
        leave_poll(Poll{});
        intake.repeated(fold_jobs(rows_) + settle_attempts(rows_) + fold_workflow_runs(rows_));
        fill_records(rows_, records, intake);
    }

private:
    /// The sightings since the last one are of this poll. One without a time is none.
    void leave_poll(const Poll& poll) {
        if (poll.at != kNever) {
            for (std::size_t i = seen_; i < rows_.sightings.size(); ++i)
                rows_.sightings[i].poll = static_cast<std::uint32_t>(rows_.polls.size());
            rows_.polls.push_back(poll);
        }
        seen_ = rows_.sightings.size();
    }
    void take_job(const Json& job, const Json& envelope, Intake& intake) {
        if (!read_job(job, envelope, rows_)) return intake.drop("job without id or name");
        fold_some(intake);
    }
    void fold_some(Intake& intake) {
        if (rows_.jobs.size() < fold_jobs_at_) return;
        intake.repeated(fold_jobs(rows_));
        fold_jobs_at_ = std::max<std::size_t>(kFoldFirst, rows_.jobs.size() + rows_.jobs.size() / 3);
    }
    void take_check(const Json& check, Intake& intake) {
        const std::uint32_t sha = rows_.sha(text_of(field(check, "head_sha")));
        const std::uint32_t ref = rows_.ref(text_of(field(check, {"check_suite", "head_branch"})));
        if (!read_check(check, sha, ref, project_in(field(check, "url"), rows_.texts), rows_))
            return intake.drop("check without a name");
        fold_some(intake);
    }
    /// A webhook, with whatever is around it.
    void take_hook(const Json& hook, Moment at, Intake& intake) {
        if (has(hook, "workflow_job")) return take_job(field(hook, "workflow_job"), hook, intake);
        if (has(hook, "workflow_run")) return take_run(field(hook, "workflow_run"), intake);
        if (has(hook, "check_run")) return take_check(field(hook, "check_run"), intake);
        if (has(hook, "merge_group")) {
            if (!read_fate(hook, at, rows_)) return intake.drop("group without a ref of the queue");
            ++intake.used;
            return;
        }
        if (!has(hook, "pull_request") || !read_pull_hook(hook, at, rows_)) intake.drop("another event");
    }
    void take_run(const Json& run, Intake& intake) {
        if (!read_workflow_run(run, rows_)) return intake.drop("workflow run without id");
        if (text_of(field(run, "event")) != "merge_group") return;
        if (text_of(field(run, "head_branch")).empty() || moment_of(field(run, "created_at")) == kNever)
            intake.drop_part("a group's workflow run without head_branch or created_at: of no stay");
    }
    /// An element of a list that was printed without its name: a job has a run, a workflow run has none.
    void take_plain(const Json& record, Intake& intake) {
        record.contains("run_id") ? take_job(record, Json(), intake) : take_run(record, intake);
    }
    void take_sighting(const Json& record, Intake& intake) {
        Checks checks;
        if (!read_sighting(record, rows_, checks)) return intake.drop("entry without number or time");
        intake.read += checks.read;  // they are records, too
        if (checks.useless > 0) intake.dropped["check without name or commit"] += checks.useless;
        fold_some(intake);
    }
    /// A pull request of GraphQL with the events of its timeline.
    void take_pull(const Json& record, Intake& intake) {
        const Json& author = field(record, "author");
        const std::string login = text_of(field(author, "__typename")) == "Bot" ? "" : text_of(field(author, "login"));
        const std::int64_t number = number_of(field(record, "number"), 0);
        const Json& nodes = field(record, {"timelineItems", "nodes"});
        if (number <= 0 || !nodes.is_array()) return intake.drop("pull request without number or timeline");
        intake.read += nodes.size() - 1;  // they are the records, not what holds them
        for (const Json& event : nodes)
            if (!read_event(event, static_cast<std::uint64_t>(number), rows_.texts.of(person(login)), document_, rows_))
                intake.drop("another event");
    }

    static constexpr std::size_t kFoldFirst = 4096;

    Rows rows_;
    std::uint32_t document_ = 0;
    std::size_t seen_ = 0;  ///< sightings of earlier polls
    std::size_t fold_jobs_at_ = kFoldFirst;
};

int knows(std::string_view list, const Json& record) {
    if (list == "workflow_runs") return 2;
    if (list == "jobs") return record.contains("run_id") ? 2 : 0;
    if (record.contains("workflow_job") || record.contains("timelineItems")) return 2;
    if (is_plain(record) || record.contains("merge_group")) return 2;
    if (const Json* const hook = payload_in(record)) return knows("", *hook);
    if (record.contains("pull_request") && record.contains("action")) return 2;
    if (list == "check_runs") return 2;
    if (list == "nodes" || list == "entries")
        return record.contains("enqueuedAt") || record.contains("enqueued_at") ? 2 : 0;
    const std::string event = text_of(field(record, "event"));
    return list.empty() && (event.ends_with("_merge_queue") || event == "merged") ? 2
           : list.empty() && !event.empty() && record.contains("actor")           ? 1
                                                                                  : 0;
}

std::unique_ptr<Importer> make() {
    return std::make_unique<Github>();
}

const bool kRegistered = register_forge(
    {.name = "github",
     .summary = "GitHub: Actions runs and jobs, timelines of pull requests, polls of the merge queue, webhooks",
     .how = kHow,
     .lists = {"workflow_runs", "jobs", "check_runs", "nodes", "entries"},
     .knows = knows,
     .make = make});

}  // namespace

}  // namespace gatesim::import::github
