// What `import` says in the end, for programs and for people.
#include <fmt/format.h>

#include <algorithm>

#include "import/driver.hpp"
#include "load/when.hpp"

namespace gatesim::import {

namespace {

constexpr std::size_t kGapsTold = 3;

/// "24,278".
std::string grouped(std::uint64_t number) {
    const std::string digits = std::to_string(number);
    std::string out;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) out += ',';
        out += digits[i];
    }
    return out;
}

std::string days(Time length) {
    return fmt::format("{:.1f} days", static_cast<double>(length) / static_cast<double>(kDay));
}

std::string row(const std::string& name, const std::string& value, const std::string& what) {
    return fmt::format("  {:<18}{:>11}  {}\n", name, value, what);
}

std::string row(const std::string& name, std::uint64_t value, const std::string& what) {
    return row(name, grouped(value), what);
}

Json moment(Moment when) {
    return when == kNever ? Json(nullptr) : Json(format_when(when));
}

/// The longest ones in order of time, and how much the others are together.
std::string gap_rows(std::vector<Gap> gaps) {
    const auto length = [](const Gap& gap) { return gap.to - gap.from; };
    const std::size_t told = std::min(gaps.size(), kGapsTold);
    std::stable_sort(gaps.begin(), gaps.end(), [&](const Gap& a, const Gap& b) { return length(a) > length(b); });
    std::sort(gaps.begin(), gaps.begin() + static_cast<std::ptrdiff_t>(told),
              [](const Gap& a, const Gap& b) { return a.from < b.from; });
    std::string out;
    for (std::size_t i = 0; i < told; ++i)
        out += row("gap", days(length(gaps[i])),
                   fmt::format("nothing from {} to {}", format_when(gaps[i].from), format_when(gaps[i].to)));
    if (told == gaps.size()) return out;
    Time others = 0;
    for (std::size_t i = told; i < gaps.size(); ++i) others += length(gaps[i]);
    return out +
           row("gaps", days(others), fmt::format("in {} more, none longer; import.json has all", gaps.size() - told));
}

}  // namespace

std::string import_json(const ImportResult& result) {
    using Ordered = nlohmann::ordered_json;
    const Intake& intake = result.intake;
    Ordered out;
    out["forge"] = result.forge->name;
    out["entries"] = result.records.entries.size();
    out["changes"] = result.changes;
    out["groups"] = result.groups;
    out["runs"] = result.records.runs.size();
    out["jobs"] = result.jobs;
    out["read"] = intake.read;
    out["used"] = intake.used;
    out["dropped"] = Ordered::object();
    for (const auto& [reason, number] : intake.dropped) out["dropped"][reason] = number;
    out["clocks_repaired"] = intake.clocks_repaired;
    out["from"] = moment(result.from);
    out["to"] = moment(result.to);
    out["gaps"] = Ordered::array();
    for (const Gap& gap : result.gaps) out["gaps"].push_back({{"from", moment(gap.from)}, {"to", moment(gap.to)}});
    out["warnings"] = intake.warnings;
    for (const auto& [name, value] : intake.kept.items()) out[name] = value;
    return out.dump(2, ' ', false, Ordered::error_handler_t::replace) + "\n";
}

std::string import_text(const ImportResult& result) {
    const Intake& intake = result.intake;
    std::string out = fmt::format("From {}\n", result.forge->name);
    out += row("read", intake.read, "records of the input");
    out += row("used", intake.used, "");
    for (const auto& [reason, number] : intake.dropped) out += row("dropped", number, reason);
    out += row("clocks repaired", intake.clocks_repaired, "times that came before what they must follow");
    out += "To\n";
    out += row("entries", result.records.entries.size(), "stays in a queue");
    out += row("changes", result.changes, "");
    out += row("groups", result.groups, "states tested together");
    out += row("runs", result.records.runs.size(), "executions of a job");
    out += row("jobs", result.jobs, "names");
    if (result.from != kNever)
        out += row("time range", days(result.to - result.from),
                   fmt::format("{} to {}", format_when(result.from), format_when(result.to)));
    out += gap_rows(result.gaps);
    for (const std::string& warning : intake.warnings) out += fmt::format("! {}\n", warning);
    return out;
}

}  // namespace gatesim::import
