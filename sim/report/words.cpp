// Sentences and numbers that several sections share.
#include "record/words.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "measure/unit_text.hpp"
#include "report/sections.hpp"

namespace gatesim::report {

PrintUnit unit_of(const StudyFolder& folder, std::size_t metric) {
    std::vector<double> sizes;
    for (const ReportArm& arm : folder.arms)
        if (const auto& mean = arm.summary.estimates[metric].mean) sizes.push_back(*mean);
    return print_unit(metrics()[metric].unit, sizes);
}

std::string number_text(const Estimate& estimate, const PrintUnit& unit) {
    std::string out = text(estimate, unit);
    // "1 changes": units of things that are counted end in s, and all of them lose just that.
    if (out == "1 " + unit.text && unit.text.size() > 2 && unit.text.ends_with('s')) out.pop_back();
    return out;
}

std::string number_of(const ReportArm& arm, std::size_t metric, const PrintUnit& unit) {
    return number_text(arm.summary.estimates[metric], unit);
}

std::string axis_label(const std::string& what, const PrintUnit& unit) {
    // "builds per landed, builds" says it twice.
    return unit.text.empty() || what.find(unit.text.substr(0, unit.text.find('/')) + " ") != std::string::npos
               ? what
               : what + ", " + unit.text;
}

std::string listed(const std::vector<std::string>& words) {
    std::string out;
    for (std::size_t i = 0; i < words.size(); ++i)
        out += (i == 0 ? "" : i + 1 == words.size() ? " and " : ", ") + words[i];
    return out;
}

namespace {

std::vector<std::string> labels(const StudyFolder& folder) {
    std::vector<std::string> out;
    for (const ReportArm& arm : folder.arms) out.push_back(arm.label);
    return out;
}

/// "zuul 2.4 h ± 0.1, serial 74 h ± 2": the deciding metric of each arm; of a sweep that of the best and those as good,
/// where there is a best one.
std::string intervals_of(const StudyFolder& folder) {
    if (folder.named.empty()) return "";
    const std::size_t m = folder.named.front();
    const PrintUnit unit = unit_of(folder, m);
    std::vector<std::string> parts;
    for (const ReportArm& arm : folder.arms) {
        if (folder.kind == FolderKind::sweep && told_apart(folder) && arm.standing != "best" &&
            arm.standing != "as_good")
            continue;
        if (parts.size() < 6) parts.push_back(fmt::format("{} {}", arm.label, number_of(arm, m, unit)));
    }
    return parts.empty() ? "" : fmt::format(" ({}: {}.)", spoken(metrics()[m]), fmt::join(parts, ", "));
}

std::string run_answer(const StudyFolder& folder) {
    std::string out;
    const auto said = [&](const ReportArm& arm, const char* metric) {
        const std::size_t m = *find_metric(metric);
        const Estimate& e = arm.summary.estimates[m];
        return number_text(e, print_unit(metrics()[m].unit, e.mean.value_or(0)));
    };
    for (const ReportArm& arm : folder.arms) {
        const auto has = [&](const char* metric) {
            return arm.summary.estimates[*find_metric(metric)].mean.has_value();
        };
        if (!out.empty()) out += " ";
        const auto mean = [&](const char* metric) { return arm.summary.estimates[*find_metric(metric)].mean; };
        const double arrived = mean("arrived").value_or(0), landed = mean("landed").value_or(0);
        if (!has("landing_time_s.p50")) {
            out += landed > 0 ? fmt::format("Under {} {} landed, but none in the time that counts.", arm.label,
                                            said(arm, "landed"))
                   : arrived > 0
                       ? fmt::format("Under {} nothing landed of {}.", arm.label, said(arm, "arrived"))
                       : fmt::format("No change came to the gate under {}, in the time that counts.", arm.label);
            continue;
        }
        if (landed < 0.95 * arrived)
            out += fmt::format("Under {} {} of {} land; half of those that do,", arm.label,
                               text(arm.summary.estimates[*find_metric("landed")], PrintUnit{"", 1}),
                               said(arm, "arrived"));
        else
            out += fmt::format("Under {} half of the changes land", arm.label);
        out +=
            fmt::format(" within {} of asking, and 95 % within {}; a landing takes {}", said(arm, "landing_time_s.p50"),
                        said(arm, "landing_time_s.p95"), said(arm, "builds_per_landed"));
        if (const auto escaped = mean("escaped_defects"); escaped && *escaped > 0)
            out += fmt::format(", {} are broken when they land", said(arm, "escaped_defects"));
        if (has("waste_share"))
            out += fmt::format(", and {} of the node hours are for nothing", said(arm, "waste_share"));
        out += ".";
    }
    return out;
}

std::string full_answer(const StudyFolder& folder) {
    if (folder.kind == FolderKind::run) return run_answer(folder);
    const std::size_t colon = folder.answer.find("): ");
    std::string out = folder.answer.starts_with("Answer (") && colon != std::string::npos
                          ? folder.answer.substr(colon + 3)
                          : folder.answer;
    if (out.empty()) out = "The report in text, which has the answer, is missing in this folder.";
    return out + intervals_of(folder);
}

}  // namespace

std::string question_of(const StudyFolder& folder) {
    if (!folder.asked.empty()) return folder.asked;
    switch (folder.kind) {
        case FolderKind::run:
            return fmt::format("How does the gate of {} do under {}?", folder.scenario, listed(labels(folder)));
        case FolderKind::compare:
            return fmt::format("Which of {} serves {} best, by {}?", listed(labels(folder)), folder.scenario,
                               folder.named.empty() ? "its numbers" : spoken(metrics()[folder.named.front()]));
        case FolderKind::sweep: {
            std::vector<std::string> names;
            for (const ReportAxis& axis : folder.axes) names.push_back(axis.name());
            return fmt::format("Which {} serves {} best, by {}?", listed(names), folder.scenario,
                               folder.named.empty() ? "its numbers" : spoken(metrics()[folder.named.front()]));
        }
        case FolderKind::calibrate:
            return fmt::format("Does {} come out as it was measured?", folder.scenario);
    }
    return "";
}

std::string answer_of(const StudyFolder& folder) {
    const std::string so_far =
        folder.partial
            ? fmt::format("Interrupted after {}: this is what there is so far. ",
                          counted(static_cast<std::int64_t>(folder.replications), "replication", "replications"))
            : "";
    return so_far + full_answer(folder);
}

}  // namespace gatesim::report
