#include "scenario/decode.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

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
                                      fmt::format("cannot read {}: {}", quote(path), problem));
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

}  // namespace gatesim::document
