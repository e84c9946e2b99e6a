// GitHub's webhooks about the queue itself: merge_group (a group is to be tested, or is gone) and pull_request (one
// came into the queue, left it, or was merged). Read in docs.github.com, "Webhook events and payloads".
#include "import/github_rows.hpp"

namespace gatesim::import::github {

bool read_fate(const Json& hook, Moment at, Rows& rows) {
    const Json& group = field(hook, "merge_group");
    const std::string action = text_of(field(hook, "action")), reason = text_of(field(hook, "reason"));
    Fate fate;
    fate.sha = rows.sha(text_of(field(group, "head_sha")));
    fate.ref = rows.ref(text_of(field(group, "head_ref")));
    fate.project = rows.texts.of(text_of(field(hook, {"repository", "full_name"})));
    if (!rows.of_queue(fate.ref) || (action != "checks_requested" && action != "destroyed")) return false;
    // The base may be newer than the one in the name of the ref.
    if (const std::uint32_t base = rows.sha(text_of(field(group, "base_sha")));
        base != 0 && rows.refs[fate.ref].base == 0)
        rows.refs[fate.ref].base = base;
    fate.at = at;
    if (action == "checks_requested") {
        fate.kind = Fate::Kind::requested;
        if (at == kNever) fate.at = moment_of(field(group, {"head_commit", "timestamp"}));
    } else {
        fate.kind = reason == "merged"        ? Fate::Kind::merged
                    : reason == "invalidated" ? Fate::Kind::invalidated
                    : reason == "dequeued"    ? Fate::Kind::dequeued
                                              : Fate::Kind::gone;
    }
    rows.fates.push_back(fate);
    return true;
}

bool read_pull_hook(const Json& hook, Moment at, Rows& rows) {
    const Json& pull = field(hook, "pull_request");
    const std::string action = text_of(field(hook, "action"));
    Event event;
    event.pull = id_of(field(pull, "number"));
    if (event.pull == 0) event.pull = id_of(field(hook, "number"));
    event.at = at != kNever ? at : moment_of(field(pull, "updated_at"));
    if (action == "enqueued") {
        event.kind = Event::Kind::added;
    } else if (action == "dequeued") {
        event.kind = Event::Kind::removed;
        event.reason = rows.texts.of(lower(text_of(field(hook, "reason"))));
    } else if (action == "closed" && true_in(pull, "merged", field(pull, "merged_at").is_string())) {
        event.kind = Event::Kind::merged;
        if (const Moment merged = moment_of(field(pull, "merged_at")); merged != kNever) event.at = merged;
        event.commit = rows.sha(text_of(field(pull, "merge_commit_sha")));
    } else {
        return false;
    }
    if (event.pull == 0 || event.at == kNever) return false;
    const Json& sender = field(hook, "sender");
    event.by_bot = is_program(sender);
    event.actor = person_of(sender, rows.texts);
    event.author = person_of(field(pull, "user"), rows.texts);
    event.branch = rows.texts.of(text_of(field(pull, {"base", "ref"})));
    event.project = rows.texts.of(text_of(field(hook, {"repository", "full_name"})));
    rows.events.push_back(event);
    return true;
}

}  // namespace gatesim::import::github
