// report: the page of what ran earlier.

#include "report/report.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "command/command.hpp"
#include "command/grid_run.hpp"
#include "command/page_file.hpp"
#include "command/report_page.hpp"
#include "command/terminal.hpp"
#include "picture/style.hpp"
#include "report/sections.hpp"
#include "study/own_files.hpp"

namespace gatesim {

namespace {

namespace fs = std::filesystem;

int fail(const std::string& what, int code) {
    print_err(fmt::format("gatesim report: {}\n", what));
    return code;
}

std::string without_slashes(std::string path) {
    while (path.size() > 1 && path.back() == '/') path.pop_back();
    return path;
}

/// A file that the user names: new, or a page of ours.
int write_page_to(const std::string& path, const std::string& page) {
    std::error_code error;
    if (fs::is_directory(path, error))
        return fail(
            fmt::format("--out {}: is a folder; name a file, such as {}/{}", path, without_slashes(path), kReportFile),
            kUsage);
    const std::string trouble = write_page_file(path, page);
    return trouble.empty() ? kFine : fail("--out " + trouble, kUnreadable);
}

/// The ids of a page's figures, for a sentence.
std::string pictures_of(const std::string& page) {
    constexpr std::string_view kFigure = "<figure id=\"";
    std::vector<std::string> ids;
    for (std::size_t at = page.find(kFigure); at != std::string::npos; at = page.find(kFigure, at)) {
        at += kFigure.size();
        ids.push_back(page.substr(at, page.find('"', at) - at));
    }
    return ids.empty() ? "none" : report::listed(ids);
}

/// One picture of the page, as a file of its own.
int write_picture(const Arguments& arguments, const report::StudyFolder& folder) {
    const std::string id = arguments.text("picture"), file = arguments.text("out");
    if (file.empty()) return usage_error("report", fmt::format("--picture {} needs --out {}.svg", id, id));
    const std::string picture = report::report_picture(folder, id);
    if (picture.empty())
        return fail(fmt::format("--picture {}: there is no such picture; there are {}", id,
                                pictures_of(report::report_page(folder))),
                    kUsage);
    if (const int code = write_page_to(file, picture::with_style(picture)); code != kFine) return code;
    if (!arguments.has("quiet")) print_out(file + "\n");
    return kFine;
}

int run_report(const Arguments& arguments) {
    const auto replication = static_cast<std::uint32_t>(arguments.count("replication", 1));
    std::vector<report::StudyFolder> folders;
    for (const std::string& path : arguments.positionals) {
        report::FolderProblem problem;
        auto folder = report::read_folder(without_slashes(path), replication, problem, replays_in(arguments));
        if (!folder) return fail(problem.text, problem.exit_code);
        const report::Tables* tables = folder->arms.empty() ? nullptr : &folder->arms.front().tables;
        if (replication > 1 && (!tables || !tables->changes || tables->changes->rows() == 0))
            return fail(fmt::format("{}: has no tables of replication {}; `run --tables all` keeps those of all",
                                    folder->path, replication),
                        kUsage);
        folders.push_back(std::move(*folder));
    }
    if (folders.size() > 1 && !arguments.has("out"))
        return usage_error("report", fmt::format("with several folders, name the page: --out {}", kReportFile));
    const std::string directory = folders.front().path;
    std::string problem;
    const auto folder = folders.size() == 1 ? std::optional(std::move(folders.front()))
                                            : report::side_by_side(std::move(folders), problem);
    if (!folder) return fail(problem, kUsage);
    if (arguments.has("picture")) return write_picture(arguments, *folder);
    const std::string page = report::report_page(*folder, player_of(*folder));
    std::string where = arguments.text("out", directory + "/" + kReportFile);
    if (arguments.has("out")) {
        if (const int code = write_page_to(where, page); code != kFine) return code;
    } else {
        std::string why = why_not_into(directory, {}, {kReportFile});
        if (why.empty()) why = write_files(directory, {{kReportFile, page}});
        if (!why.empty()) return fail(why, kUnreadable);
    }
    if (!arguments.has("quiet")) print_out(where + "\n");
    return kFine;
}

const bool kRegistered = register_command(
    {.name = "report",
     .summary = "Make the page of what ran earlier: answer, charts, tables",
     .help =
         "Writes report.html into the folder of a run, a comparison, a sweep or a calibration: one file that can be "
         "mailed and printed, asks for nothing from outside and needs no script. Several runs of one scenario are "
         "shown side by side. A folder without tables (run --tables none) gives what it can; the page says how to "
         "get the rest. `run`, `compare`, `sweep` and `calibrate` write the same page with --report. A comparison made "
         "with --report can replay the arms that --replay names.",
     .examples = {"report out/quickstart-zuul-1",
                  "report out/quickstart-zuul-1 out/quickstart-serial-1 --out both.html",
                  "report out/compare-quickstart-1 --replay zuul,serial",
                  "report out/quickstart-zuul-1 --picture still-0-0 --out reset.svg"},
     .positionals = {{"DIR…", "folders that gatesim wrote", true}},
     .options = {{.name = "replication",
                  .kind = OptionKind::count,
                  .value = "N",
                  .help = "Show the tables of that replication. Default: 1.",
                  .low = 1,
                  .high = 1000000},
                 {.name = "out",
                  .kind = OptionKind::text,
                  .value = "FILE",
                  .help = "Where the page goes. Default: report.html in DIR."},
                 replay_option(),
                 {.name = "picture",
                  .kind = OptionKind::text,
                  .value = "NAME",
                  .help = "Write that picture of the page alone, as SVG, to --out. A wrong name lists them."}},
     .run = run_report});

}  // namespace

}  // namespace gatesim
