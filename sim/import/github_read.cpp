// Records of GitHub's answers, webhooks and GraphQL, read into rows.
#include <algorithm>
#include <charconv>

#include "import/github_rows.hpp"

namespace gatesim::import::github {

namespace {

Stage stage_of(const Json& record, const Json& envelope) {
    std::string word = text_of(field(record, "status"));
    if (word.empty()) word = text_of(field(envelope, "action"));  // of a webhook
    if (word == "completed" || field(record, "conclusion").is_string()) return Stage::ended;
    return word == "in_progress" ? Stage::running : Stage::waiting;
}

RunResult result_of(const Json& record, Stage stage) {
    const std::string word = text_of(field(record, "conclusion"));
    if (stage != Stage::ended || word.empty()) return RunResult::unfinished;
    if (word == "success" || word == "neutral") return RunResult::success;
    if (word == "failure") return RunResult::failure;
    if (word == "timed_out") return RunResult::timeout;
    if (word == "cancelled") return RunResult::cancelled;
    if (word == "skipped") return RunResult::skipped;
    return RunResult::no_result;  // startup_failure, stale, action_required
}

std::string joined(const Json& labels) {
    std::string out;
    if (labels.is_array())
        for (const Json& label : labels) out += (out.empty() ? "" : ",") + text_of(label);
    return out;
}

std::uint64_t id_of(const Json& value) {
    return static_cast<std::uint64_t>(std::max<std::int64_t>(0, number_of(value, 0)));
}

std::uint16_t attempt_of(const Json& record) {
    return static_cast<std::uint16_t>(std::clamp<std::int64_t>(number_of(field(record, "run_attempt"), 1), 1, 65535));
}

bool is_program(const Json& account) {
    return text_of(field(account, "type")) == "Bot" || text_of(field(account, "__typename")) == "Bot" ||
           is_bot(text_of(field(account, "login")));
}

/// Whoever acted, unless it is a program.
Texts::Id person_of(const Json& account, Texts& texts) {
    return is_program(account) ? 0 : texts.of(text_of(field(account, "login")));
}

bool kind_of(const Json& event, Event::Kind& kind) {
    std::string word = text_of(field(event, "event"));
    if (word.empty()) word = text_of(field(event, "__typename"));
    if (word == "added_to_merge_queue" || word == "AddedToMergeQueueEvent")
        kind = Event::Kind::added;
    else if (word == "removed_from_merge_queue" || word == "RemovedFromMergeQueueEvent")
        kind = Event::Kind::removed;
    else if (word == "merged" || word == "MergedEvent")
        kind = Event::Kind::merged;
    else
        return false;
    return true;
}

/// The first of these that is there.
const Json& either(const Json& record, const char* first, const char* second) {
    const Json& value = field(record, first);
    return value.is_null() ? field(record, second) : value;
}

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

}  // namespace

QueueRef queue_ref(std::string_view ref) {
    if (ref.starts_with("refs/heads/")) ref.remove_prefix(11);
    constexpr std::string_view kBegins = "gh-readonly-queue/";
    const std::size_t name = ref.rfind("/pr-");
    QueueRef out;
    if (!ref.starts_with(kBegins) || name == std::string_view::npos || name <= kBegins.size()) return out;
    const char* const end = ref.data() + ref.size();
    const auto read = std::from_chars(ref.data() + name + 4, end, out.pull);
    if (read.ec != std::errc() || (read.ptr != end && *read.ptr != '-')) return {};
    if (read.ptr != end) out.base.assign(read.ptr + 1, end);
    out.branch = ref.substr(kBegins.size(), name - kBegins.size());
    return out;
}

Texts::Id project_in(const Json& address, Texts& texts) {
    if (!address.is_string()) return 0;
    const std::string_view text = address.get_ref<const std::string&>();
    const std::size_t begins = text.find("/repos/");
    if (begins == std::string_view::npos) return 0;
    const std::string_view rest = text.substr(begins + 7);
    const std::size_t owner = rest.find('/');
    return owner == std::string_view::npos ? 0 : texts.of(rest.substr(0, rest.find('/', owner + 1)));
}

bool read_job(const Json& record, const Json& envelope, Rows& rows) {
    Job job;
    job.id = id_of(field(record, "id"));
    job.name = rows.texts.of(text_of(field(record, "name")));
    if (job.id == 0 || job.name == 0) return false;
    job.workflow_run = id_of(field(record, "run_id"));
    job.attempt = attempt_of(record);
    job.stage = stage_of(record, envelope);
    job.result = result_of(record, job.stage);
    job.created = moment_of(field(record, "created_at"));
    if (job.stage != Stage::waiting) job.started = moment_of(field(record, "started_at"));
    if (job.stage == Stage::ended) job.ended = moment_of(field(record, "completed_at"));
    job.label = rows.texts.of(joined(field(record, "labels")));
    const Json& runner = field(record, "runner_name");
    job.runner = rows.texts.of(text_of(runner));
    // Cancelled before a machine took it: its times are those of the cancelling.
    const bool never_ran = job.result == RunResult::cancelled && runner.is_string() && job.runner == 0;
    if (job.result == RunResult::skipped || never_ran) job.started = job.ended = kNever;
    job.sha = rows.texts.of(text_of(field(record, "head_sha")));
    job.ref = rows.texts.of(text_of(field(record, "head_branch")));
    job.project = rows.texts.of(text_of(field(envelope, {"repository", "full_name"})));
    if (job.project == 0) job.project = project_in(either(record, "run_url", "url"), rows.texts);
    rows.jobs.push_back(job);
    return true;
}

bool read_workflow_run(const Json& record, Rows& rows) {
    WorkflowRun run;
    run.id = id_of(field(record, "id"));
    if (run.id == 0) return false;
    run.attempt = attempt_of(record);
    run.stage = stage_of(record, Json());
    run.result = result_of(record, run.stage);
    run.created = moment_of(field(record, "created_at"));
    run.started = moment_of(either(record, "run_started_at", "created_at"));
    run.updated = moment_of(field(record, "updated_at"));
    run.name = rows.texts.of(text_of(either(record, "name", "path")));
    run.sha = rows.texts.of(text_of(field(record, "head_sha")));
    run.ref = rows.texts.of(text_of(field(record, "head_branch")));
    run.event = rows.texts.of(text_of(field(record, "event")));
    run.project = rows.texts.of(text_of(field(record, {"repository", "full_name"})));
    if (run.project == 0) run.project = project_in(field(record, "url"), rows.texts);
    rows.workflow_runs.push_back(run);
    return true;
}

bool read_event(const Json& record, std::uint64_t pull, Texts::Id author, std::uint32_t document, Rows& rows) {
    Event event;
    event.at = moment_of(either(record, "created_at", "createdAt"));
    if (!kind_of(record, event.kind) || event.at == kNever) return false;
    event.pull = pull;
    event.document = document;
    event.author = author;
    event.id = rows.texts.of(text_of(field(record, "id")));
    const Json& actor = either(record, "actor", "enqueuer");
    event.by_bot = is_program(actor);
    event.actor = person_of(actor, rows.texts);
    event.commit = rows.texts.of(text_of(field(record, "commit_id")));
    if (event.commit == 0) event.commit = rows.texts.of(text_of(field(record, {"commit", "oid"})));
    event.reason = rows.texts.of(lower(text_of(field(record, "reason"))));
    event.project = project_in(field(record, "url"), rows.texts);
    rows.events.push_back(event);
    return true;
}

bool read_sighting(const Json& record, Rows& rows) {
    Sighting seen;
    seen.pull = id_of(field(record, {"pullRequest", "number"}));
    if (seen.pull == 0) seen.pull = id_of(field(record, "pr_number"));
    seen.enqueued = moment_of(either(record, "enqueuedAt", "enqueued_at"));
    if (seen.pull == 0 || seen.enqueued == kNever) return false;
    const Json& author = field(record, {"pullRequest", "author"});
    seen.author = person_of(author.is_object() ? author : field(record, "enqueuer"), rows.texts);
    if (seen.author == 0) seen.author = rows.texts.of(person(text_of(field(record, "author"))));
    const std::string state = text_of(field(record, "state"));
    seen.mergeable = state == "MERGEABLE";
    seen.unmergeable = state == "UNMERGEABLE";
    const auto is_set = [&](const char* name) {
        const Json& flag = field(record, name);
        return flag.is_boolean() && flag.get<bool>();
    };
    seen.jumps = is_set("jump");
    seen.solo = is_set("solo");
    rows.sightings.push_back(seen);
    return true;
}

}  // namespace gatesim::import::github
