// Settings that a comparison chose before it judged.
#include <fmt/format.h>

#include "measure/unit_text.hpp"
#include "report/sections.hpp"

namespace gatesim::report {

void add_tuning(Page& page, const StudyFolder& folder) {
    if (folder.tuned.empty() || !folder.tuned_by) return;
    const Metric& metric = metrics()[*folder.tuned_by];
    std::vector<double> sizes;
    for (const ReportTuned& one : folder.tuned)
        for (const auto& mean : {one.chosen_mean, one.usual_mean})
            if (mean) sizes.push_back(*mean);
    const PrintUnit unit = print_unit(metric.unit, sizes);
    const auto said = [&](const std::optional<double>& mean) { return mean ? text(*mean, unit) : "undefined"; };
    TextTable table{{"arm", "chosen", "gave", "defaults", "gave", "training replications", "tried"}};
    for (const ReportTuned& one : folder.tuned) {
        if (one.chosen.empty())
            table.rows.push_back({one.label, "nothing to choose", "", "", "", "", ""});
        else
            table.rows.push_back({one.label, one.chosen, said(one.chosen_mean), one.usual, said(one.usual_mean),
                                  fmt::format("{}", one.replications), one.tried});
    }
    page.section("tuning", "Settings that were chosen");
    page.paragraph(
        fmt::format("Each strategy got the settings that did best by {} on training replications. Their luck is none "
                    "of that on which the arms are judged, so nobody wins by a lucky choice, and nobody loses by a "
                    "default.",
                    spoken(metric)));
    page.table(table);
}

}  // namespace gatesim::report
