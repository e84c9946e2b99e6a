#include "command/report_page.hpp"

#include <fmt/format.h>

#include "command/grid_options.hpp"
#include "command/terminal.hpp"
#include "report/report.hpp"

namespace gatesim {

Option report_option() {
    return {.name = "report",
            .kind = OptionKind::flag,
            .help = "Also report.html: a page with the answer, charts and tables, in one file."};
}

std::string write_report(const std::string& directory, bool quiet) {
    report::FolderProblem problem;
    const auto folder = report::read_folder(directory, 1, problem);
    if (!folder) return problem.text;
    const std::string trouble = write_files(directory, {{kReportFile, report::report_page(*folder)}});
    if (trouble.empty() && !quiet) print_err(fmt::format("Page     {}/{}\n", directory, kReportFile));
    return trouble;
}

}  // namespace gatesim
