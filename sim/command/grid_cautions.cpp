// What a reader must know before believing a comparison or a sweep: each thing once, whoever it is true of.
#include <fmt/format.h>

#include <algorithm>

#include "command/compare_report.hpp"
#include "command/report_text.hpp"
#include "record/words.hpp"

namespace gatesim {

namespace {

/// "3 under zuul, 120 under serial": changes without an outcome, by arm, and what more is to be said of them.
void tell_of_open_ends(const std::vector<Arm>& arms, const std::vector<Summary>& summaries, const std::string& many,
                       std::vector<std::string>& out) {
    std::vector<std::string> counts;
    std::vector<std::pair<std::string, std::string>> more;
    for (std::size_t a = 0; a < arms.size(); ++a) {
        for (const Warning& warning : summaries[a].warnings) {
            if (warning.code != "in_flight") continue;
            double open = 0;
            for (const auto& value : summaries[a].values[*find_metric("in_flight")]) open += value.value_or(0);
            counts.push_back(fmt::format("{:.0f} under {}", open, arms[a].label));
            const std::size_t rest = warning.text.find(". ");
            if (rest != std::string::npos) more.emplace_back(arms[a].label, warning.text.substr(rest + 2));
        }
    }
    if (!counts.empty())
        out.push_back(
            fmt::format("Changes were still in flight at the end (all replications): {}. Their times are not "
                        "counted.",
                        list_text(counts)));
    for (const std::string& sentence : said_once(more, arms.size(), many)) out.push_back(sentence);
}

bool is_told_elsewhere(const Warning& warning) {
    return warning.code == "overload" || warning.code == "partial" || warning.code == "no_return" ||
           warning.code == "in_flight" || warning.code == "relaxation";
}

}  // namespace

std::vector<std::string> grid_cautions(const std::vector<Arm>& arms, const GridResult& grid,
                                       const std::vector<Summary>& summaries, const std::vector<bool>& overloaded,
                                       const std::string& many) {
    std::vector<std::string> out;
    if (grid.interrupted) out.push_back("Interrupted: partial results. --resume goes on.");
    std::vector<std::string> growing;
    for (std::size_t a = 0; a < arms.size(); ++a)
        if (overloaded[a]) growing.push_back(arms[a].label);
    if (!growing.empty())
        out.push_back(
            fmt::format("No steady state under {}: the queue grew through the whole period, so waiting times "
                        "and queue lengths grow with its length. Compare them for this length only.",
                        list_text(growing)));
    for (const std::string& sentence : warmup_sentences(grid.warmup)) out.push_back(sentence);
    tell_of_open_ends(arms, summaries, many, out);
    std::vector<std::pair<std::string, std::string>> rest;
    std::vector<std::string> relaxations;  // their subject is the strategy, not the arm
    for (std::size_t a = 0; a < arms.size(); ++a) {
        for (const Warning& warning : summaries[a].warnings) {
            if (warning.code == "relaxation" &&
                std::find(relaxations.begin(), relaxations.end(), warning.text) == relaxations.end())
                relaxations.push_back(warning.text);
            if (!is_told_elsewhere(warning)) rest.emplace_back(arms[a].label, warning.text);
        }
    }
    for (const std::string& sentence : said_once(rest, arms.size(), many)) out.push_back(sentence);
    out.insert(out.end(), relaxations.begin(), relaxations.end());
    return out;
}

}  // namespace gatesim
