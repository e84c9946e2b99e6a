#include "command/validate_input.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "import/tables.hpp"
#include "load/when.hpp"
#include "scenario/errors.hpp"
#include "scenario/node.hpp"
#include "scenario/units.hpp"

namespace gatesim {

namespace {

/// "48h" since the start, or a date.
std::optional<Time> read_moment(const std::string& text, Time origin) {
    if (const auto since = units::read_time(text).value) return since;
    std::string why;
    if (const auto when = parse_when(text, why)) return *when - origin;
    return std::nullopt;
}

/// "FROM..TO", several of them with commas between.
std::string read_spans(const Arguments& arguments, const char* option, Time origin, validate::Spans& out) {
    for (const std::string& value : arguments.all(option)) {
        for (std::size_t at = 0; at <= value.size();) {
            const std::size_t comma = std::min(value.find(',', at), value.size());
            const std::string text = value.substr(at, comma - at);
            const std::size_t dots = text.find("..");
            const bool two = dots != std::string::npos;
            const auto from = two ? read_moment(text.substr(0, dots), origin) : std::nullopt;
            const auto to = two ? read_moment(text.substr(dots + 2), origin) : std::nullopt;
            if (!from || !to || *from >= *to)
                return fmt::format(
                    "--{} takes FROM..TO, dates or times since the start (\"0h..48h\", \"2025-10-28..2025-10-30\"), "
                    "not {}",
                    option, document::quote(text));
            out.list.push_back({*from, *to});
            at = comma + 1;
        }
    }
    return "";
}

/// What is left of the time.
validate::Spans rest_of(validate::Spans spans) {
    std::sort(spans.list.begin(), spans.list.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
    validate::Spans out;
    Time at = 0;
    for (const validate::Span& span : spans.list) {
        if (span.from > at) out.list.push_back({at, span.from});
        at = std::max(at, span.to);
    }
    if (at != kNever) out.list.push_back({at, kNever});
    return out;
}

}  // namespace

std::optional<Scenario> load_on_record(const std::string& path, const std::string& folder, Time origin,
                                       const Arguments& arguments, const std::vector<TypedSet>& own, int& exit_code) {
    std::error_code ignored;
    const std::string file = std::filesystem::absolute(folder + "/" + import::kEntriesFile, ignored).string();
    std::vector<TypedSet> sets;
    sets.push_back({"FOLDER", fmt::format("/period={{\"start\": {}}}", document::json_string(format_when(origin)))});
    const std::string runs = std::filesystem::absolute(folder + "/" + import::kRunsFile, ignored).string();
    sets.push_back(
        {"FOLDER", fmt::format("/load={{\"replay\": {{\"file\": {}, \"waiting_at_start\": true, "
                               "\"stays_apart\": true{}}}}}",
                               document::json_string(file),
                               arguments.has("recorded") ? ", \"builds\": " + document::json_string(runs) : "")});
    for (const std::string& set : arguments.all("set")) sets.push_back({"--set", set});
    sets.insert(sets.end(), own.begin(), own.end());
    return load_with_sets(path, sets, exit_code);
}

std::string read_parts(const Arguments& arguments, const validate::Record& record, validate::Spans& train,
                       validate::Spans& test) {
    if (std::string why = read_spans(arguments, "train", record.origin, train); !why.empty()) return why;
    if (std::string why = read_spans(arguments, "test", record.origin, test); !why.empty()) return why;
    if (train.list.empty() && !test.list.empty()) train = rest_of(test);
    if (train.list.empty()) train.list.push_back({0, record.length / 2});
    if (test.list.empty()) test = rest_of(train);
    for (const validate::Span& a : train.list)
        for (const validate::Span& b : test.list)
            if (a.from < b.to && b.from < a.to) return "--train and --test have time in common";
    const auto used = [&](const validate::Spans& part) {
        return std::any_of(record.instants.begin(), record.instants.end(), [&](Time t) { return part.holds(t); });
    };
    if (!used(train)) return "--train: the record has nothing of that time";
    if (!used(test)) return "--test: the record has nothing of that time";
    return "";
}

std::string notes_of(const Scenario& scenario) {
    const auto document = nlohmann::json::parse(scenario.resolved, nullptr, false);
    const auto notes = document.is_object() ? document.find("notes") : document.end();
    return notes != document.end() && notes->is_string() ? notes->get<std::string>() : "";
}

}  // namespace gatesim
