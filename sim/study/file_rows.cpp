#include "study/file_rows.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace gatesim {
namespace {

/// Whole where it is, else with one digit.
std::string rows_text(double rows) {
    return rows == static_cast<double>(static_cast<std::int64_t>(rows)) ? fmt::format("{:.0f}", rows)
                                                                        : fmt::format("{:.1f}", rows);
}

}  // namespace

double FileRows::used() const {
    double rows = read;
    for (const LeftOut& some : left_out) rows -= some.rows;
    return rows;
}

std::optional<FileRows> load_file_rows(const Scenario& scenario, const std::vector<ReplicationRecord>& replications) {
    FileRows out;
    out.left_out = {{"before_start", 0, "before the period begins (/period/start)"},
                    {"after_end", 0, "after the period has ended (/period/length)"},
                    {"in_gate", 0, "an enqueue of a change that was in the gate"},
                    {"landed", 0, "an enqueue of a change that had landed"}};
    double runs = 0;
    for (const ReplicationRecord& r : replications) {
        if (!r.rows) continue;
        ++runs;
        out.read += static_cast<double>(r.rows->read);
        out.builds_recorded += static_cast<double>(r.rows->builds_recorded);
        out.builds_drawn += static_cast<double>(r.rows->builds_drawn);
        const std::uint64_t rows[] = {r.rows->before_start, r.rows->after_end, r.rows->in_gate, r.rows->landed};
        for (std::size_t i = 0; i < out.left_out.size(); ++i) out.left_out[i].rows += static_cast<double>(rows[i]);
    }
    if (runs == 0 || !scenario.load.replay) return std::nullopt;
    out.name = scenario.load.replay->file;
    out.builds = scenario.load.replay->builds;
    out.read /= runs;
    out.builds_recorded /= runs;
    out.builds_drawn /= runs;
    for (LeftOut& some : out.left_out) some.rows /= runs;
    return out;
}

std::string file_rows_text(const std::vector<FileRows>& files, bool troubled) {
    std::string out;
    for (const FileRows& file : files) {
        const bool all =
            std::all_of(file.left_out.begin(), file.left_out.end(), [](const auto& l) { return l.rows == 0; });
        if (!file.builds.empty())
            out += fmt::format("{}: {} builds as recorded, {} drawn; such a run explains, and cannot predict\n",
                               file.builds, rows_text(file.builds_recorded), rows_text(file.builds_drawn));
        if (all && troubled) continue;
        out +=
            fmt::format("{}: {} {} read, {} used{}\n", file.name, rows_text(file.read), file.read == 1 ? "row" : "rows",
                        all ? "all" : rows_text(file.used()), all ? "" : "; left out:");
        for (const LeftOut& some : file.left_out)
            if (some.rows > 0) out += fmt::format("{:>8}  {}\n", rows_text(some.rows), some.text);
    }
    return out;
}

}  // namespace gatesim
