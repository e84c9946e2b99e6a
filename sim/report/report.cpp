#include "report/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "report/page.hpp"
#include "report/sections.hpp"

namespace gatesim::report {

namespace {

std::string header_of(const StudyFolder& folder) {
    using picture::escaped;
    return fmt::format("<h1>{}</h1>\n<p class=\"question\">{}</p>\n<p class=\"answer\">{}</p>\n", escaped(folder.title),
                       escaped(question_of(folder)), escaped(answer_of(folder)));
}

void add_sections(Page& page, const StudyFolder& folder, const std::string& player) {
    add_differences(page, folder);
    add_sweep(page, folder);
    add_facts(page, folder);
    // Of many cells only the picture above can be read; their numbers are in its table.
    if (!folder.arms.empty() && folder.arms.size() <= 12) {
        add_trade_off(page, folder);
        add_pairs(page, folder);
        add_replay(page, folder, player);
        add_lead_time(page, folder);
        if (folder.kind != FolderKind::sweep) add_landings(page, folder);
        add_over_time(page, folder);
        add_node_hours(page, folder);
        add_ejections(page, folder);
        if (folder.kind != FolderKind::sweep) add_gate_time(page, folder);
        add_numbers(page, folder);
    }
    add_ends(page, folder);
}

}  // namespace

std::string report_page(const StudyFolder& folder, const std::string& player) {
    Page page;
    add_sections(page, folder, player);
    return page.finish(folder.title, header_of(folder));
}

std::string report_picture(const StudyFolder& folder, const std::string& id) {
    Page page;
    page.want(id);
    add_sections(page, folder, {});
    return page.wanted();
}

std::optional<StudyFolder> side_by_side(std::vector<StudyFolder> folders, std::string& problem) {
    StudyFolder out = folders.front();
    for (const StudyFolder& f : folders) {
        if (f.kind != FolderKind::run)
            problem = f.path +
                      ": only runs can be shown side by side, and this is the folder of a study, which has its arms in "
                      "one page";
        else if (f.scenario != out.scenario)
            problem = fmt::format("{}: is of the scenario {}, and {} of {}; side by side are runs of one scenario",
                                  f.path, f.scenario, out.path, out.scenario);
        if (!problem.empty()) return std::nullopt;
    }
    const auto same = [&](const StudyFolder& f) {
        return std::count_if(folders.begin(), folders.end(), [&](const StudyFolder& other) {
                   return other.arms.front().label == f.arms.front().label;
               }) > 1;
    };
    std::vector<std::string> names;
    for (const StudyFolder& f : folders)
        names.push_back(same(f) ? std::filesystem::path(f.path).filename().string() : f.arms.front().label);
    out.arms.clear();
    out.cautions.clear();
    for (std::size_t i = 0; i < folders.size(); ++i) {
        StudyFolder& f = folders[i];
        f.arms.front().label = names[i].empty() ? f.path : names[i];
        for (const std::string& caution : f.cautions) out.cautions.push_back(f.arms.front().label + ": " + caution);
        if (f.seed != out.seed)
            out.cautions.push_back(fmt::format("{} has seed {} and {} seed {}: they did not meet the same luck.",
                                               f.arms.front().label, f.seed, folders.front().arms.front().label,
                                               out.seed));
        if (i > 0 && !f.again.empty()) out.again += "\n" + f.again;
        out.arms.push_back(std::move(f.arms.front()));
    }
    return out;
}

}  // namespace gatesim::report
