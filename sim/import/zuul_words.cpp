#include "import/zuul_words.hpp"

#include <iterator>

namespace gatesim::import {

namespace {

struct ResultWord {
    std::string_view word;
    RunResult result;
};

constexpr ResultWord kResults[] = {
    {"", RunResult::unfinished},       {"SUCCESS", RunResult::success},      {"FAILURE", RunResult::failure},
    {"FAILED", RunResult::failure},    {"POST_FAILURE", RunResult::failure}, {"UNSTABLE", RunResult::failure},
    {"DISK_FULL", RunResult::failure}, {"TIMED_OUT", RunResult::timeout},    {"SKIPPED", RunResult::skipped},
    {"NOT_BUILT", RunResult::skipped}, {"CANCELED", RunResult::cancelled},   {"ABORTED", RunResult::cancelled}};

std::string as_branch(std::string ref) {
    constexpr std::string_view kHeads = "refs/heads/";
    return ref.starts_with(kHeads) ? ref.substr(kHeads.size()) : ref;
}

ZuulChange one_change(const Json& record) {
    ZuulChange change;
    change.name = text_of(field(record, "change"));
    change.patch_set = text_of(field(record, "patchset"));
    change.project = text_of(field(record, "project"));
    if (change.project.empty()) change.project = text_of(field(record, {"project", "name"}));
    change.branch = as_branch(text_of(field(record, "branch")));
    const std::string id = text_of(field(record, "id"));
    if (change.name.empty() && id.find(',') != std::string::npos) {
        change.name = id.substr(0, id.find(','));
        change.patch_set = id.substr(id.find(',') + 1);
    }
    return change;
}

}  // namespace

RunResult zuul_result(std::string_view word) {
    for (const ResultWord& known : kResults)
        if (known.word == word) return known.result;
    return RunResult::no_result;  // RETRY, RETRY_LIMIT, NODE_FAILURE, LOST, DISCONNECT, ERROR …
}

std::pair<Left, LeftFor> zuul_outcome(std::string_view word) {
    if (word.empty()) return {Left::open, LeftFor::none};
    if (word == "SUCCESS") return {Left::landed, LeftFor::none};
    if (word == "MERGE_CONFLICT" || word == "MERGE_FAILURE" || word == "MERGER_FAILURE")
        return {Left::ejected, LeftFor::conflict};
    if (word == "DEQUEUED" || word == "CANCELED" || word == "ABORTED") return {Left::withdrawn, LeftFor::none};
    if (word == "TIMED_OUT") return {Left::ejected, LeftFor::timeout};
    if (word == "CONFIG_ERROR" || word == "ERROR" || word == "NO_JOBS") return {Left::ejected, LeftFor::unknown};
    return {Left::ejected, LeftFor::failure};
}

bool is_gate(std::string_view pipeline) {
    if (pipeline.starts_with("post")) return false;  // "post-merge": what runs afterwards
    for (const std::string_view part : {"gate", "merge", "submit", "land"})
        if (pipeline.find(part) != std::string_view::npos) return true;
    return false;
}

std::vector<ZuulChange> changes_of(const Json& record, std::size_t* others) {
    std::vector<ZuulChange> changes;
    const Json& refs = field(record, "refs");
    if (!refs.is_array() || refs.empty()) {
        changes.push_back(one_change(field(record, "ref").is_object() ? field(record, "ref") : record));
    } else {
        for (const Json& ref : refs) changes.push_back(one_change(ref));
    }
    const std::size_t nameless = std::erase_if(changes, [](const ZuulChange& change) { return change.name.empty(); });
    if (others) *others = changes.empty() ? 0 : nameless;
    return changes;
}

}  // namespace gatesim::import
