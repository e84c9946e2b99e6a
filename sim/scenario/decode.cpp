#include "scenario/decode.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>

#include "scenario/csv.hpp"
#include "scenario/distribution_form.hpp"
#include "scenario/instant.hpp"
#include "scenario/sha256.hpp"
#include "scenario/units.hpp"

namespace gatesim::document {

std::optional<View> Layers::find(std::string_view key) const {
    for (const View& layer : layers) {
        if (auto found = layer.find(key)) return found;
    }
    return std::nullopt;
}

std::optional<View> Context::at(std::initializer_list<const char*> path) const {
    std::optional<View> view = root;
    for (const char* key : path) {
        view = view->find(key);
        if (!view) return std::nullopt;
    }
    return view;
}

std::string Context::path_of(const std::string& file) const {
    return out.folder.empty() ? file : (std::filesystem::path(out.folder) / file).string();
}

Time decode_time(const View& view) {
    return units::read_time(view.node->text).value.value_or(0);
}

double decode_share(const View& view) {
    return units::read_share(view.node->text).value.value_or(0);
}

std::vector<std::string> decode_texts(const View& list) {
    std::vector<std::string> out;
    for (const Member& member : list.node->members) out.push_back(member.value.text);
    return out;
}

std::optional<Time> decode_moment(Context& context, const View& view) {
    const std::string& text = view.node->text;
    if (!units::looks_like_instant(text)) return decode_time(view);
    const Period& period = context.out.period;
    if (!period.has_start) {
        context.errors.add(view, "a date needs period.start", "",
                           "a time since the start (\"45m\"), or give period.start");
        return std::nullopt;
    }
    const auto instant = units::read_instant(text, period.timezone);
    if (!instant.value) return std::nullopt;  // its zone was reported with the period
    const Time when = *instant.value - period.start_unix * kSecond;
    if (when < 0) {
        context.errors.add(view, fmt::format("{} is before the period's start", quote(text)));
        return std::nullopt;
    }
    return when;
}

std::optional<std::uint32_t> resolve(Context& context, const View& name, const char* what, const Names& names) {
    const auto found = names.find(name.node->text);
    if (!found) context.errors.unknown_name(name, what, names.list());
    return found;
}

bool note_file(Context& context, const View& view) {
    const std::string& file = view.node->text;
    if (context.files.count(file) != 0) return true;
    const std::string path = context.path_of(file);
    if (const std::string problem = why_unreadable(path); !problem.empty()) {
        context.errors.add_unreadable(view.node->at, view.pointer,
                                      fmt::format("can not read {}: {}", quote(path), problem));
        return false;
    }
    const std::string sha = sha256_of_file(path);
    context.files[file] = sha.empty() ? "not a regular file" : sha;
    return true;
}

Distribution decode_distribution(Context& context, const View& view) {
    if (const auto known = context.distributions.find(view.node); known != context.distributions.end())
        return known->second;
    Distribution out = make_distribution(view);
    if (out.kind == Distribution::Kind::empirical) {
        out.sample = read_sample(context, view);
        if (!out.sample) out = Distribution{};  // reported; any value serves until loading ends
    }
    context.distributions.emplace(view.node, out);
    return out;
}

namespace {

/// Columns that a row must match, by index.
using Filter = std::vector<std::pair<std::size_t, std::string>>;

/// The index of the named column; reports a missing one at `view`.
std::optional<std::size_t> find_column(Context& context, const View& view, const std::string& name,
                                       const std::vector<std::string>& header) {
    const auto found = std::find(header.begin(), header.end(), name);
    if (found != header.end()) return static_cast<std::size_t>(found - header.begin());
    context.errors.add(view, fmt::format("the file has no column {}", quote(name)), nearest(name, header),
                       fmt::format("columns: {}", listing(header)));
    return std::nullopt;
}

std::optional<double> read_seconds(const std::string& text) {
    double value = 0;
    const auto end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    if (read.ec != std::errc{} || read.ptr != end || !std::isfinite(value) || value < 0) return std::nullopt;
    return value;
}

}  // namespace

std::shared_ptr<const std::vector<double>> read_sample(Context& context, const View& view) {
    constexpr std::size_t kMostValues = 50'000'000;
    const View file = *view.find("file"), column = *view.find("column");
    if (!note_file(context, file)) return nullptr;
    CsvReader reader(context.path_of(file.node->text));
    std::vector<std::string> row;
    if (!reader.ok() || !reader.next(row)) {
        context.errors.add(file, fmt::format("{} holds no header", quote(file.node->text)), "",
                           "a CSV file whose first line names the columns");
        return nullptr;
    }
    if (!row.empty() && row[0].starts_with("\xEF\xBB\xBF")) row[0].erase(0, 3);
    const auto wanted = find_column(context, column, column.node->text, row);
    Filter filter;
    bool known = wanted.has_value();
    if (const auto where = view.find("where")) {
        for (std::size_t i = 0; i < where->node->members.size(); ++i) {
            const Member& member = where->node->members[i];
            if (member.key == "notes") continue;
            const auto index = find_column(context, where->child(i), member.key, row);
            if (index) filter.emplace_back(*index, member.value.text);
            known = known && index.has_value();
        }
    }
    if (!known) return nullptr;
    auto sample = std::make_shared<std::vector<double>>();
    while (reader.next(row) && sample->size() < kMostValues) {
        const bool counts = std::all_of(filter.begin(), filter.end(), [&](const auto& f) {
            return f.first < row.size() && row[f.first] == f.second;
        });
        if (!counts || *wanted >= row.size() || row[*wanted].empty()) continue;
        const auto value = read_seconds(row[*wanted]);
        if (!value) {
            context.errors.add(column,
                               fmt::format("{} in line {} of {} is no number of seconds", quote(row[*wanted]),
                                           reader.line(), quote(file.node->text)),
                               "", "a number from 0, in seconds");
            return nullptr;
        }
        sample->push_back(*value);
    }
    if (!reader.problem().empty()) {
        context.errors.add(file,
                           fmt::format("line {} of {}: {}", reader.line(), quote(file.node->text), reader.problem()),
                           "", "comma-separated values (RFC 4180)");
        return nullptr;
    }
    if (sample->empty()) {
        context.errors.add(view, fmt::format("no row of {} has a value", quote(file.node->text)), "",
                           "at least one row that `where` matches, with a value in the column");
        return nullptr;
    }
    std::sort(sample->begin(), sample->end());
    return sample;
}

}  // namespace gatesim::document
