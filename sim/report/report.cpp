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

/// Whether no change came to any gate, as far as the folder knows.
bool nothing_enqueued(const StudyFolder& folder) {
    return folder.kind == FolderKind::run && std::all_of(folder.arms.begin(), folder.arms.end(), [](const auto& arm) {
               const bool rows = arm.tables.stays && arm.tables.stays->rows() > 0;
               return !rows && arm.summary.estimates[*find_metric("arrived")].mean == 0.0;
           });
}

void add_sections(Page& page, const StudyFolder& folder, const std::string& player) {
    if (nothing_enqueued(folder)) {
        page.section("nothing", "What happened");
        page.paragraph("Nothing was enqueued, so there is nothing to draw.");
        add_numbers(page, folder);
        add_ends(page, folder);
        return;
    }
    add_differences(page, folder);
    add_tuning(page, folder);
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

}  // namespace gatesim::report
