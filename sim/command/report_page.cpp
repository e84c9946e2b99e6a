#include "command/report_page.hpp"

#include <fmt/format.h>

#include <sstream>
#include <vector>

#include "command/grid_run.hpp"
#include "command/terminal.hpp"
#include "page/player_html.hpp"
#include "picture/canvas.hpp"
#include "report/report.hpp"

namespace gatesim {

namespace {

/// About a month of a large project: a megabyte and a half.
constexpr std::size_t kMostBuilds = 300'000;

std::string no_replay(const std::string& why) {
    return fmt::format(
        "<section id=\"replay\" aria-labelledby=\"replay-title\">\n<h2 id=\"replay-title\">Replay</h2>\n"
        "<p>There is none: {}</p>\n</section>\n",
        picture::escaped(why));
}

}  // namespace

std::string player_of(const report::StudyFolder& folder) {
    std::vector<page::Replay> gates;
    for (const report::ReportArm& arm : folder.arms) {
        const auto& builds = arm.tables.builds;
        const bool nothing = !arm.tables.stays || arm.tables.stays->rows() == 0 || !arm.tables.attempts;
        if (folder.kind == report::FolderKind::compare && arm.folder.empty()) continue;  // not asked for
        if (arm.folder.empty() || nothing) return "";  // the page says so where the still pictures would be
        if (builds && builds->rows() > kMostBuilds)
            return no_replay(fmt::format("{} has {} builds, and a page can carry {}. A run with --until 7d has fewer.",
                                         arm.folder, builds->rows(), kMostBuilds));
        page::ReplayRead read = page::read_replay(arm.folder, folder.shown);
        if (!read.error.empty()) return no_replay(read.error);
        read.replay.title = arm.label;
        for (page::Replay::Pool& pool : read.replay.pools)
            for (const report::PoolSize& known : folder.pools)
                if (known.name == pool.name) pool.nodes = static_cast<std::int64_t>(known.nodes);
        gates.push_back(std::move(read.replay));
    }
    return gates.empty() ? "" : page::player_html(gates);
}

Option report_option() {
    return {.name = "report",
            .kind = OptionKind::flag,
            .help = "Also report.html: a page with the answer, charts and tables, in one file."};
}

Option replay_option() {
    return {.name = "replay",
            .kind = OptionKind::text,
            .value = "A,B",
            .help = "Of a comparison: replay these arms side by side in the page, on the luck of replication 1.",
            .repeatable = true};
}

std::vector<std::string> replays_in(const Arguments& arguments) {
    std::vector<std::string> names;
    for (const std::string& list : arguments.all("replay")) {
        std::istringstream in(list);
        for (std::string name; std::getline(in, name, ',');) names.push_back(name);
    }
    return names;
}

std::string write_report(const std::string& directory, bool quiet, const std::vector<std::string>& replays) {
    report::FolderProblem problem;
    const auto folder = report::read_folder(directory, 1, problem, replays);
    if (!folder) return problem.text;
    const std::string trouble =
        write_files(directory, {{kReportFile, report::report_page(*folder, player_of(*folder))}});
    if (trouble.empty() && !quiet) print_err(fmt::format("Page     {}/{}\n", directory, kReportFile));
    return trouble;
}

}  // namespace gatesim
