// Polls of GitHub's queue: who waits, and the checks of their groups.
#include <charconv>

#include "import/github_rows.hpp"

namespace gatesim::import::github {

namespace {

constexpr std::uint64_t kPage = 100;  ///< checks that an answer shows at most

/// The number behind "/jobs/" or the like in an address; 0: there is none.
std::uint64_t number_behind(std::string_view address, std::string_view word) {
    const std::size_t at = address.find(word);
    std::uint64_t number = 0;
    if (at != std::string_view::npos)
        std::from_chars(address.data() + at + word.size(), address.data() + address.size(), number);
    return number;
}

/// A commit that stands in a poll: GitHub makes its ref from the pull request and the base.
std::uint32_t note_head(const std::string& head, const std::string& base, std::uint64_t pull, Rows& rows) {
    const std::uint32_t sha = rows.sha(head);
    if (sha == 0) return 0;
    rows.heads.emplace_back(sha, rows.ref("gh-readonly-queue//pr-" + std::to_string(pull) + "-" + base));
    return sha;
}

}  // namespace

bool read_check(const Json& check, std::uint32_t sha, std::uint32_t ref, Texts::Id project, Rows& rows) {
    Job job;
    const std::string name = text_of(field(check, "name"));
    if (name.empty()) return false;
    const std::string address = text_of(either(check, "details_url", "detailsUrl"));
    job.workflow_run = number_behind(address, "/runs/");
    job.id = number_behind(address, "/job/");
    if (job.id == 0) job.id = id_of(either(check, "id", "databaseId"));
    if (job.id == 0) job.id = key_of(key_of(rows.shas[sha], rows.refs[ref].name), name) >> 1;
    job.attempt = 0;
    const std::string conclusion = lower(text_of(field(check, "conclusion")));
    job.stage = stage_of(lower(text_of(field(check, "status"))), !conclusion.empty());
    job.result = result_of(conclusion, job.stage);
    if (job.stage != Stage::waiting) job.started = moment_of(either(check, "started_at", "startedAt"));
    if (job.stage == Stage::ended) job.ended = moment_of(either(check, "completed_at", "completedAt"));
    if (job.result == RunResult::skipped) job.started = job.ended = kNever;
    job.name = rows.texts.of(name);
    job.sha = sha;
    job.ref = ref;
    job.project = project;
    rows.jobs.push_back(job);
    return true;
}

bool read_sighting(const Json& record, Rows& rows, Checks& checks) {
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
    seen.jumps = true_in(record, "jump", false);
    seen.solo = true_in(record, "solo", false);
    rows.sightings.push_back(seen);

    std::string head = text_of(field(record, {"headCommit", "oid"}));
    if (head.empty()) head = text_of(field(record, {"commit", "sha"}));
    const std::uint32_t sha = note_head(head, text_of(field(record, {"baseCommit", "oid"})), seen.pull, rows);
    const Json& flat = field(record, {"ci_status", "checks"});
    const Json& nodes = field(record, {"headCommit", "statusCheckRollup", "contexts", "nodes"});
    for (const Json* list : {&flat, &nodes}) {
        if (!list->is_array()) continue;
        for (const Json& check : *list) {
            if (check.is_object() && check.empty()) continue;  // so GraphQL shows what is no check run
            ++checks.read;
            checks.useless += sha == 0 || !read_check(check, sha, 0, 0, rows);
        }
    }
    rows.cut_checks += checks.read == kPage;
    return true;
}

}  // namespace gatesim::import::github
