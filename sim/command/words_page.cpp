#include "command/words_page.hpp"

#include <fmt/format.h>

#include "command/terminal.hpp"
#include "record/narrator.hpp"

namespace gatesim {

const std::vector<Term>& terms() {
    static const std::vector<Term> list = {
        {"change", "one proposed edit, the unit that lands or not", "change", "pull request", "merge request"},
        {"patch set", "a version of a change; a new one replaces the old", "patch set", "push to the pull request",
         "push to the merge request"},
        {"pipeline", "what is done with changes for one purpose: check, gate, post", "pipeline", "workflow",
         "pipeline type"},
        {"gate", "a pipeline through which changes land, tested on top of each other", "dependent pipeline",
         "merge queue", "merge train"},
        {"queue", "the changes in a gate that are tested on top of each other, in order", "change queue",
         "merge queue of a branch", "merge train of a branch"},
        {"enqueue", "a change enters a queue", "enqueue", "add to the merge queue", "add to the merge train"},
        {"window", "how many changes from the front may be tested at once", "window, active-window",
         "build concurrency", "parallel pipelines of a train"},
        {"item", "one stay of one change in one queue", "queue item", "merge queue entry", "car of a merge train"},
        {"attempt", "one try of an item on one base; a reset begins another", "build set", "merge group",
         "merged results pipeline"},
        {"chain", "the changes ahead that an attempt contains, front first", "items ahead",
         "earlier entries of the group", "cars ahead"},
        {"job", "something to run on a change, with its rules", "job", "check, job of a workflow", "job"},
        {"build", "one run of a job", "build", "check run, job run", "job (run)"},
        {"node", "a machine that runs builds", "node", "runner", "runner"},
        {"pool", "nodes of one kind from one provider", "provider pool, label", "runner group, larger runners",
         "runner fleet"},
        {"node request", "a request for nodes for one build", "node request", "queued job", "pending job"},
        {"land", "a change becomes part of its branch", "merge, success", "merge", "merge"},
        {"eject", "a change leaves the gate without landing, with a recorded cause", "dequeue on failure",
         "removed from the queue", "dropped from the train"},
        {"reset", "an attempt is thrown away because what it was tested on has changed", "gate reset, cancel jobs",
         "rebuild of the merge groups behind", "pipeline restarted behind the failure"},
        {"recheck", "an author sends in an ejected change again, unchanged", "recheck, reverify", "re-add to the queue",
         "re-add to the train"},
        {"flake", "a build fails although nothing is wrong with what it tests", "flaky test, race", "flaky check",
         "flaky test"},
        {"own defect", "the change is broken by itself", "", "", ""},
        {"semantic conflict", "two changes are fine alone and break together", "", "logical conflict",
         "semantic conflict"},
        {"escaped defect", "a change landed although it broke the branch", "", "", "broken default branch"},
        {"innocent ejection", "a change was ejected for something that was not its fault", "", "", ""},
        {"strategy", "the rule that says what is tested on top of what", "pipeline manager", "merge queue settings",
         "merge train settings"},
        {"promise", "a bound on a metric that the mean over all replications has to keep, in `plan`", "", "", ""},
        {"scout", "a replication with luck of its own, which only says where a plan looks", "", "", ""},
        {"replication", "the scenario once more, with other luck", "", "", ""},
        {"seed", "the number that fixes all luck; two strategies on one seed meet the same changes", "", "", ""},
        {"Depends-On", "a change needs another, maybe of another project, to land first", "Depends-On", "",
         "merge request dependency"},
    };
    return list;
}

namespace {

std::string others(const Term& term) {
    std::string out;
    const std::pair<const char*, const char*> names[] = {
        {"Zuul", term.zuul}, {"GitHub", term.github}, {"GitLab", term.gitlab}};
    for (const auto& [who, name] : names) {
        if (*name) out += fmt::format("{}{}: {}", out.empty() ? "" : "; ", who, name);
    }
    return out;
}

std::string entry(const Term& term) {
    const std::string head = fmt::format("  {:<18}", term.word);
    std::string out = styled(head, Style::strong) + wrap(term.meaning, 80, 20, 20) + "\n";
    const std::string also = others(term);
    if (!also.empty()) out += std::string(20, ' ') + styled(wrap(also, 80, 20, 20), Style::faint) + "\n";
    return out;
}

}  // namespace

std::string words_page() {
    std::string out = "The words used here, and what others call the same thing.\n\n";
    for (const Term& term : terms()) out += entry(term);
    return out;
}

std::string word_text(const std::string& word) {
    for (const Term& term : terms()) {
        if (word == term.word) return entry(term);
    }
    return "";
}

}  // namespace gatesim
