// What to know before believing a number, what was assumed, and how to repeat it.
#include <fmt/format.h>

#include <sstream>

#include "report/sections.hpp"

namespace gatesim::report {

namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> out;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) out.push_back(line);
    return out;
}

}  // namespace

void add_ends(Page& page, const StudyFolder& folder) {
    page.section("assumptions", "What this rests on");
    page.raw("<h3>Warnings</h3>\n");
    std::vector<std::string> cautions = folder.cautions;
    if (folder.partial) cautions.insert(cautions.begin(), "Interrupted: only a part of the replications is done.");
    if (cautions.empty())
        page.paragraph("None.");
    else
        page.list(cautions);
    if (folder.kind != FolderKind::calibrate) {
        std::vector<std::string> relaxations;
        for (const ReportArm& arm : folder.arms)
            for (const std::string& text : arm.relaxations)
                relaxations.push_back(folder.arms.size() == 1 ? text : arm.label + ": " + text);
        page.raw("<h3>Relaxations that a strategy declares</h3>\n");
        if (relaxations.empty())
            page.paragraph("None: whatever landed had been tested just so.");
        else
            page.list(relaxations);
    }
    page.raw("<h3>Assumptions</h3>\n");
    if (!folder.notes.empty()) page.paragraph(folder.notes);
    page.paragraph(fmt::format(
        "The scenario {} is all that was assumed; where it came with the program, its notes.md names the source of "
        "each number.",
        folder.scenario));
    if (!folder.resolved.empty()) page.verbatim("The scenario, with everything it takes from others", folder.resolved);
    page.raw("<h3>The same again</h3>\n");
    page.paragraph(fmt::format("Seed {}, {} {}.", folder.seed, folder.replications,
                               folder.replications == 1 ? "replication" : "replications"));
    for (const std::string& line : lines_of(folder.again))
        page.raw(fmt::format("<p><code>{}</code></p>\n", picture::escaped(line)));
    if (!folder.sha256.empty())
        page.raw(fmt::format("<p class=\"faint\">SHA-256 of the scenario: <code>{}</code></p>\n",
                             picture::escaped(folder.sha256)));
    page.raw("<p class=\"faint\">A number means what <code>gatesim describe NAME</code> says of it.</p>\n");
}

}  // namespace gatesim::report
