// The words of the products, each with the parameter that it is here.
#include "scenario/product_words.hpp"

#include <algorithm>

namespace gatesim {

namespace {

struct Word {
    const char* strategy;
    const char* product;
    const char* word;
    const char* parameter;  ///< "": the strategy itself
    const char* note = "";
};

// Sources: the documents and files that SOURCES.md names for each product.
constexpr Word kWords[] = {
    {"github", "GitHub", "merge queue", ""},
    {"github", "GitHub", "ALLGREEN", "", "the default: tolerance = 0"},
    {"github", "GitHub", "grouping_strategy", "", "ALLGREEN is github, HEADGREEN is github-headgreen"},
    {"github", "GitHub", "max_entries_to_build", "window"},
    {"github", "GitHub", "maximum_entries_to_build", "window"},
    {"github", "GitHub", "build_concurrency", "window"},
    {"github", "GitHub", "min_entries_to_merge", "group_min"},
    {"github", "GitHub", "minimum_entries_to_merge", "group_min"},
    {"github", "GitHub", "min_entries_to_merge_wait_minutes", "group_wait", "a time: \"5m\""},
    {"github", "GitHub", "minimum_entries_to_merge_wait_time", "group_wait", "a time: \"5m\""},
    {"github", "GitHub", "max_entries_to_merge", "group_max"},
    {"github", "GitHub", "maximum_entries_to_merge", "group_max"},
    {"github", "GitHub", "check_response_timeout_minutes", "timeout", "a time: \"60m\""},
    {"github", "GitHub", "check_response_timeout", "timeout"},
    {"github", "GitHub", "status_check_timeout", "timeout"},
    {"github-headgreen", "GitHub", "HEADGREEN", ""},
    {"gitlab-train", "GitLab", "merge train", ""},
    {"gitlab-train", "GitLab", "parallel_pipelines", "window", "20 in GitLab, and not a setting there"},
    {"mergify", "Mergify", "max_parallel_checks", "window"},
    {"mergify", "Mergify", "speculative_checks", "window", "the older word for max_parallel_checks"},
    {"mergify", "Mergify", "batch_size", "batch"},
    {"mergify", "Mergify", "batch_max_wait_time", "wait"},
    {"mergify", "Mergify", "skip_intermediate_results", "optimistic"},
    {"mergify", "Mergify", "batch_max_failure_resolution_attempts", "divisions"},
    {"mergify", "Mergify", "checks_timeout", "timeout"},
    {"mergify", "Mergify", "max_checks_retries", "retries"},
    {"mergify", "Mergify", "mode", "lanes", "serial is one, parallel is footprint"},
    {"trunk", "Trunk", "testing_concurrency", "window"},
    {"trunk", "Trunk", "concurrency", "window"},
    {"trunk", "Trunk", "bisection_concurrency", "aside_window"},
    {"trunk", "Trunk", "pending_failure_depth", "tolerance"},
    {"trunk", "Trunk", "optimistic_merging", "optimistic"},
    {"trunk", "Trunk", "target_batch_size", "batch"},
    {"trunk", "Trunk", "maximum_wait_time", "wait"},
    {"aviator", "Aviator", "batch_size", "batch"},
    {"aviator", "Aviator", "batch_max_wait", "wait"},
    {"aviator", "Aviator", "optimistic_validation", "optimistic"},
    {"aviator", "Aviator", "failure_depth", "tolerance"},
    {"bors-ng", "bors-ng", "bors", ""},
    {"bors-ng", "bors-ng", "max_batch_size", "size"},
    {"bors-ng", "bors-ng", "batch_delay_sec", "delay", "a time: \"10s\""},
    {"bors-ng", "bors-ng", "timeout_sec", "timeout", "a time: \"1h\""},
    {"rust-bors", "Rust's bors", "bors", ""},
    {"rust-bors", "Rust's bors", "homu", ""},
    {"rust-bors", "Rust's bors", "rollup=always", "marked_always", "the share of changes so marked"},
    {"rust-bors", "Rust's bors", "rollup=maybe", "", "whatever has no other mark"},
    {"rust-bors", "Rust's bors", "rollup=iffy", "marked_iffy", "the share of changes so marked"},
    {"rust-bors", "Rust's bors", "rollup=never", "marked_never", "the share of changes so marked"},
    {"tide", "Prow", "prow", ""},
    {"tide", "Prow", "sync_period", "sync"},
    {"tide", "Prow", "batch_size_limit_map", "batch_size_limit", "one limit here, a map by repository there"},
    {"submitqueue-oss", "SubmitQueue", "build budget", "builds"},
    {"chromium-cq", "Chromium", "commit queue", ""},
    {"chromium-cq", "LUCI CV", "staleTryjobAge", "reuse"},
};

}  // namespace

std::vector<ProductWord> product_words(const std::string& strategy) {
    std::vector<ProductWord> out;
    for (const Word& word : kWords)
        if (strategy == word.strategy) out.push_back({word.product, word.word, word.parameter, word.note});
    return out;
}

std::string parameter_called(const std::string& word, const StrategyDescription& strategy) {
    const auto ours = [&](const std::string& name) {
        return std::any_of(strategy.parameters.begin(), strategy.parameters.end(),
                           [&](const Parameter& p) { return p.name == name; });
    };
    for (const Parameter& parameter : strategy.parameters)
        if (same_word(parameter.name, word)) return parameter.name;
    for (const std::string& name : {strategy.name, strategy.preset_of})
        for (const ProductWord& known : product_words(name))
            if (same_word(known.word, word) && ours(known.parameter)) return known.parameter;
    return "";
}

bool same_word(std::string_view a, std::string_view b) {
    const auto next = [](std::string_view& text) -> int {
        while (!text.empty()) {
            const char c = text.front();
            text.remove_prefix(1);
            if (c >= 'A' && c <= 'Z') return c - 'A' + 'a';
            if (c != '_' && c != '-' && c != ' ') return c;
        }
        return -1;
    };
    for (;;) {
        const int x = next(a), y = next(b);
        if (x != y) return false;
        if (x < 0) return true;
    }
}

}  // namespace gatesim
