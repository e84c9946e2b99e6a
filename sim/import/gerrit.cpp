// Gerrit: changes of its REST interface with their messages, stream-events, and tables of such events. A stay begins
// when the CI says that it put the change into the gate; where no CI says so, with the approval that let it land.
#include <fmt/format.h>

#include "import/gerrit_lives.hpp"

namespace gatesim::import {

namespace {

const char* const kHow =
    R"how(# Changes with their messages and votes, 500 a page. G is the address of the server: https://review.example.com
for skip in $(seq 0 500 9500); do
  curl -sf "$G/changes/?q=project:NAME+after:2030-01-01&o=MESSAGES&o=DETAILED_LABELS&n=500&S=$skip"
done > changes.json
# Or listen for a week, and import what was heard:
ssh -p 29418 review.example.com gerrit stream-events > events.jsonl
gatesim import gerrit changes.json events.jsonl --out FOLDER
)how";

class Gerrit : public Importer {
public:
    void take(std::string_view, const Json& record, Intake& intake) override {
        if (has(record, "_number") && has(record, "project")) return change(record, intake);
        if (has(record, "type")) return event(record, intake);
        if (has(record, "event") && has(record, "change")) return table_row(record, intake);
        intake.drop("neither a change nor an event");
    }
    void finish(Records& records, Intake& intake) override;

private:
    void change(const Json& record, Intake& intake);
    void event(const Json& record, Intake& intake);
    void table_row(const Json& record, Intake& intake);
    Key know(const std::string& number, const std::string& project, const std::string& branch, const Json& owner);
    void add(Key change, Said said, Moment at, std::uint16_t patch_set, Fact fact = {});
    /// A message that was written then; what it says becomes facts. `uploaded`: when its patch set came.
    void hear(Key change, const Message& message, Moment at, std::uint16_t patch_set, Moment uploaded, Intake& intake);
    Fact jobs_of(Key change, const Message& message, Moment at, std::uint16_t patch_set, Moment uploaded,
                 Intake& intake);
    void count_changes(const std::map<Key, bool>& tested, Intake& intake);
    void warn(const Lives& lives, Intake& intake) const;

    Texts texts_;
    std::map<Key, ChangeSaid> changes_;
    Once<Fact> facts_;
    Once<JobRow> rows_;
    bool counts_ = false;  ///< the next fact is the first of an event
    std::uint64_t more_changes_ = 0, moved_verdicts_ = 0;
};

Key Gerrit::know(const std::string& number, const std::string& project, const std::string& branch, const Json& owner) {
    const Key key = key_of({project, number});
    ChangeSaid& change = changes_[key];
    change.number = texts_.of(number);
    change.project = texts_.of(project);
    if (!branch.empty()) change.branch = texts_.of(branch);
    std::string name = text_of(field(owner, "_account_id"));
    const std::string user = text_of(field(owner, "username"));
    bool program = is_bot(user);
    for (const Json& tag : field(owner, "tags")) program |= text_of(tag) == "SERVICE_USER";
    if (name.empty()) name = owner.is_object() ? user : text_of(owner);
    if (!program && !name.empty()) change.author = texts_.of(name);
    return key;
}

void Gerrit::add(Key change, Said said, Moment at, std::uint16_t patch_set, Fact fact) {
    if (said == Said::nothing || at == kNever) return;
    if (said == Said::job_start && fact.job == 0) return;  // of which job is not said
    fact.change = change;
    fact.said = said;
    fact.at = at;
    fact.patch_set = patch_set;
    fact.id = key_of(key_of(key_of(change, at), texts_[fact.job]), Moment{static_cast<int>(said) * 65'536 + patch_set});
    fact.counted = counts_;
    counts_ = false;
    facts_.add(fact);
}

/// The jobs of a verdict: they ended when it was written at the latest, and cannot have begun before their patch set.
Fact Gerrit::jobs_of(Key change, const Message& message, Moment at, std::uint16_t patch_set, Moment uploaded,
                     Intake& intake) {
    Fact verdict;
    verdict.gate = message.gate;
    verdict.at = at;
    if (message.jobs.empty()) return verdict;
    verdict.group = key_of(patch_set_key(change, patch_set), at);
    std::map<std::string, int> seen;
    bool moved = false;
    for (const JobSaid& job : message.jobs) {
        JobRow row;
        row.counted = false;
        row.group = verdict.group;
        row.state = job.length == kNever ? patch_set_key(change, patch_set) : verdict.group;
        row.job = texts_.of(job.job);
        row.voting = job.voting;
        row.result = job.result;
        row.id = key_of(key_of(verdict.group, job.job), Moment{++seen[job.job]});
        if (job.result != RunResult::skipped) {
            row.ended = at;
            row.started = less(at, job.length);
        }
        if (uploaded != kNever && row.started != kNever && row.started < uploaded) {
            row.started = uploaded;
            row.ended = uploaded + job.length;
            ++intake.clocks_repaired;
            moved = true;
        }
        verdict.began = std::min(verdict.began, row.started);
        if (row.ended != kNever) verdict.at = std::max(verdict.at, row.ended);
        rows_.add(row);
    }
    moved_verdicts_ += moved;
    return verdict;
}

void Gerrit::hear(Key change, const Message& message, Moment at, std::uint16_t patch_set, Moment uploaded,
                  Intake& intake) {
    if (at == kNever) return;
    if (message.approves) add(change, message.approval, at, patch_set);
    if (message.said == Said::green || message.said == Said::red) {
        const Fact verdict = jobs_of(change, message, at, patch_set, uploaded, intake);
        return add(change, message.said, verdict.at, patch_set, verdict);
    }
    Fact fact;
    fact.gate = message.gate;
    fact.job = texts_.of(message.job);
    add(change, message.said, at, patch_set, fact);
}

std::uint16_t patch_set_in(const Json& number) {
    return static_cast<std::uint16_t>(std::clamp<std::int64_t>(number_of(number, 0), 0, 65'535));
}

void Gerrit::change(const Json& record, Intake& intake) {
    const std::string number = text_of(field(record, "_number")), project = text_of(field(record, "project"));
    if (number.empty() || project.empty()) return intake.drop("a change without number or project");
    const Key key = know(number, project, text_of(field(record, "branch")), field(record, "owner"));
    ++changes_[key].records;
    if (true_in(record, "_more_changes", false)) ++more_changes_;
    ++intake.used;
    for (const Json& message : field(record, "messages")) {
        const std::string tag = text_of(field(message, "tag"));
        if (moment_of(field(message, "date")) == kNever || text_of(field(message, "message")).empty())
            intake.drop_part("a message without text or date");
        hear(key, understand(text_of(field(message, "message")), tag), moment_of(field(message, "date")),
             patch_set_in(field(message, "_revision_number")), kNever, intake);
    }
    const Json& labels = field(record, "labels");
    if (labels.is_object())
        for (const auto& [label, votes] : labels.items())
            for (const Json& one : field(votes, "all"))
                add(key,
                    vote(label, static_cast<int>(std::clamp<std::int64_t>(number_of(field(one, "value"), 0), -9, 9))),
                    moment_of(field(one, "date")), 0);
    if (text_of(field(record, "status")) == "MERGED") add(key, Said::merged, moment_of(field(record, "submitted")), 0);
}

void Gerrit::event(const Json& record, Intake& intake) {
    const Json& change = field(record, "change");
    const Json& patch_set = field(record, "patchSet");
    const std::string type = text_of(field(record, "type"));
    std::string number = text_of(field(change, "number"));
    if (number.empty()) number = text_of(field(change, "_number"));
    const Moment at = moment_of(field(record, "eventCreatedOn"));
    Message message;
    if (type == "comment-added")
        message = understand(text_of(field(record, "comment")), text_of(field(record, "tag")));
    else if (type == "change-merged")
        message.said = Said::merged;
    else if (type == "change-abandoned")
        message.said = Said::abandoned;
    else if (type == "patchset-created")
        message.said = Said::upload;
    else
        return intake.drop("another kind of event");
    if (number.empty()) return intake.drop("an event of no change");
    if (at == kNever) return intake.drop("an event without its time");
    const Json& approvals = field(record, "approvals");
    const bool says_old =
        std::any_of(approvals.begin(), approvals.end(), [](const Json& a) { return has(a, "oldValue"); });
    for (const Json& approval : approvals) {
        if (says_old && !has(approval, "oldValue")) continue;  // an earlier vote that still stands
        const auto value = static_cast<int>(std::clamp<std::int64_t>(number_of(field(approval, "value"), 0), -9, 9));
        const std::string label = text_of(field(approval, "type"));
        if ((label == "Verified" || label == "VRIF") && (value == 2 || value == -2)) message.gate = true;
        if (const Said said = vote(label, value); said != Said::nothing) {
            message.approves = true;
            message.approval = said;
        }
    }
    if (message.said == Said::nothing && !message.approves) return intake.drop("a comment without a verdict");
    const Key key =
        know(number, text_of(field(change, "project")), text_of(field(change, "branch")), field(change, "owner"));
    ++intake.used;
    counts_ = true;
    hear(key, message, at, patch_set_in(field(patch_set, "number")), moment_of(field(patch_set, "createdOn")), intake);
    counts_ = false;
}

/// change, project, time, event, person, patchset, detail: what others made of the messages.
void Gerrit::table_row(const Json& record, Intake& intake) {
    const std::string event = text_of(field(record, "event")), number = text_of(field(record, "change"));
    const std::string detail = text_of(field(record, "detail"));
    const Moment at = moment_of(field(record, "time"));
    if (number.empty() || at == kNever) return intake.drop("an event without change or time");
    Message message;
    if (event == "upload") message.said = Said::upload;
    if (event == "recheck") message.said = Said::recheck;
    if (event == "merged") message.said = Said::merged;
    if (event == "abandoned") message.said = Said::abandoned;
    if (event == "ci_successful") message.said = Said::green;
    if (event == "ci_failed" || event == "ci_unstable") message.said = Said::red;
    if (event == "review") message.said = vote("Code-Review", detail == "+2" ? 2 : detail == "-2" ? -2 : 0);
    if (event == "ci_start") {
        message.said = Said::job_start;
        message.job = detail;
    }
    const Json author = event == "created" ? field(record, "person") : Json();
    const Key key = know(number, text_of(field(record, "project")), "", author);
    if (message.said == Said::nothing && event != "created") return intake.drop("a comment without a verdict");
    ++intake.used;
    counts_ = true;
    hear(key, message, at, patch_set_in(field(record, "patchset")), kNever, intake);
    counts_ = false;
}

/// A change is a record that was used if something came of it.
void Gerrit::count_changes(const std::map<Key, bool>& tested, Intake& intake) {
    for (const auto& [key, change] : changes_) {
        if (change.records == 0) continue;
        intake.repeated(change.records - 1);
        intake.used -= change.records - 1;
        if (tested.contains(key)) continue;
        intake.drop("a change that was not tested and not in a queue");
        --intake.used;
    }
}

void Gerrit::warn(const Lives& lives, Intake& intake) const {
    const auto say = [&](std::uint64_t n, const char* one, const char* many, const char* what) {
        if (n > 0) intake.warnings.push_back(fmt::format("{} {}", counted(n, one, many), what));
    };
    say(more_changes_, "page says", "pages say",
        "that there are more changes after it: is the next page in the input?");
    say(moved_verdicts_, "verdict is", "verdicts are",
        "as old as the patch set, before the jobs can have run: their durations are right, their times are not");
    say(lives.merged_unapproved, "change", "changes", "landed without an approval in the input: no stay");
    say(lives.guessed_starts, "stay begins", "stays begin",
        "when the first job began, because nothing says when the change was enqueued");
    say(lives.together, "verdict is", "verdicts are", "on several jobs at once: they stand as one job, A+B");
    if (lives.by_vote)
        intake.warnings.push_back(
            "no CI says when it put changes into a gate: a stay begins with the approval that let it land");
}

void Gerrit::finish(Records& records, Intake& intake) {
    RowList<Fact>& facts = facts_.rows();
    intake.repeated(facts_.repeats());
    intake.used -= facts_.repeats();
    std::map<Key, bool> tested;
    Lives lives = live(facts, changes_, texts_);
    for (const Fact& fact : facts)
        if (fact.said >= Said::job_start && fact.said <= Said::merged) tested[fact.change] = true;
    RowList<JobRow>& rows = rows_.rows();
    for (JobRow& row : rows) {
        if (const auto stay = lives.stay_of_group.find(row.group); stay != lives.stay_of_group.end())
            row.stay = stay->second;
        if (row.started != kNever || row.ended == kNever) continue;
        const auto starts = lives.starts.find({row.state, row.job});
        if (starts == lives.starts.end()) continue;
        const auto after = std::upper_bound(starts->second.begin(), starts->second.end(), row.ended);
        if (after != starts->second.begin()) row.started = *std::prev(after);
    }
    rows.insert(rows.end(), lives.rows.begin(), lives.rows.end());
    number_attempts(rows);
    count_changes(tested, intake);
    warn(lives, intake);
    records.texts = std::move(texts_);
    fill(records, lives.stays, rows, {});
}

int knows(std::string_view, const Json& record) {
    if (has(record, "_number") && has(record, "project") && has(record, "branch")) return 2;
    if (has(record, "type") && (has(record, "eventCreatedOn") || has(record, "patchSet"))) return 2;
    return has(record, "event") && has(record, "change") && has(record, "patchset") && has(record, "time") ? 2 : 0;
}

[[maybe_unused]] const bool registered =
    register_forge({.name = "gerrit",
                    .summary = "changes with their messages, and stream-events",
                    .how = kHow,
                    .lists = {},
                    .knows = knows,
                    .make = [] { return std::unique_ptr<Importer>(std::make_unique<Gerrit>()); }});

}  // namespace

}  // namespace gatesim::import
