// A calibration: expected beside simulated.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "measure/unit_text.hpp"
#include "picture/dots.hpp"
#include "report/sections.hpp"

namespace gatesim::report {

namespace {

picture::Mark mark_of(const std::string& verdict) {
    return verdict == "within"                             ? picture::Mark::good
           : verdict == "missed" || verdict == "explained" ? picture::Mark::bad
                                                           : picture::Mark::unsure;
}

std::string miss_text(const ReportFact& fact) {
    if (!fact.miss) return "";
    return (*fact.miss > 0 && !fact.profile ? "+" : "") + fixed(100 * *fact.miss, 0) + " %";
}

}  // namespace

void add_facts(Page& page, const StudyFolder& folder) {
    if (folder.kind != FolderKind::calibrate) return;
    page.section("facts", "Expected beside simulated");
    std::vector<picture::DotRow> rows;
    TextTable table{{"fact", "measured", "simulated", "miss", "verdict", "kind"}};
    std::vector<std::string> why;
    std::vector<std::string> sources;
    for (const ReportFact& fact : folder.facts) {
        const PrintUnit unit = print_unit(fact.unit, fact.expected);
        table.rows.push_back({fact.name, text(fact.expected, unit), text(fact.simulated, unit), miss_text(fact),
                              fact.verdict, fact.kind});
        const auto ratio = [&](const std::optional<double>& v) {
            return v && fact.expected != 0 ? *v / fact.expected : picture::Point::kNoValue;
        };
        rows.push_back({fact.name, ratio(fact.simulated.mean), ratio(fact.simulated.low), ratio(fact.simulated.high),
                        fmt::format("{} {}", fact.verdict, miss_text(fact)), mark_of(fact.verdict)});
        if (!fact.why.empty() && (fact.verdict == "explained" || fact.verdict == "missed"))
            why.push_back(fact.name + ": " + fact.why);
        if (std::find(sources.begin(), sources.end(), fact.source) == sources.end()) sources.push_back(fact.source);
    }
    page.figure(
        "ratios", "Simulated, as a multiple of what was measured",
        "1 is what was measured. Dots are means over replications, lines their 95 % intervals; the grey band is 15 % "
        "to either side. A ring is undecided.",
        false,
        [&](const picture::About& about) {
            return picture::dots_svg({about,
                                      {.label = "simulated / measured", .log = true},
                                      rows,
                                      {{1, ""}},
                                      {{1 / 1.15, 1.15, "within 15 %"}}});
        },
        {});
    page.table(table);
    if (!why.empty()) {
        page.raw("<h3>What is missed, and why</h3>\n");
        page.list(why);
    }
    page.raw("<h3>Sources</h3>\n");
    page.list(sources);
}

}  // namespace gatesim::report
