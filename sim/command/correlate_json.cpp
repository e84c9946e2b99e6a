// Fingerprints as JSON, there and back; and logs that come as a JSON object a line.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "command/correlate_work.hpp"
#include "correlate/table.hpp"

namespace gatesim {

namespace {

using correlate::Attribute;
using correlate::Fingerprint;
using nlohmann::ordered_json;

double rounded(double value) {
    return std::stod(fmt::format("{:.6g}", value));
}

ordered_json fingerprint_json(const Correlation& work, std::size_t i) {
    const Fingerprint& f = work.fingerprints[i];
    const correlate::Measured& m = work.measured[i];
    const correlate::Proof& proof = work.proofs[i];
    ordered_json where = ordered_json::object();
    for (const auto& [attribute, values] : f.where) where[correlate::name_of(attribute)] = values;
    ordered_json out{{"id", f.id}, {"all_of", f.all_of}};
    out["layer"] = f.layer.empty() ? ordered_json() : ordered_json(f.layer);
    out["where"] = where;
    out["factor"] = f.factor.name.empty() ? ordered_json() : ordered_json(f.factor.name);
    if (!f.factor.name.empty()) out["factor_value"] = f.factor.value;
    out["hits_failed"] = m.failed.size();
    out["hits_passed"] = m.passed.size();
    out["precision"] = rounded(m.precision());
    out["rate"] = rounded(proof.rate);
    out["clean_runs"] = proof.clean_runs;
    if (proof.hours > 0) out["node_hours"] = rounded(static_cast<double>(proof.clean_runs) * proof.hours);
    out["sequential"] = {{"runs_if_fixed", rounded(proof.if_fixed)},
                         {"runs_if_not_fixed", rounded(proof.if_not_fixed)}};
    return out;
}

/// One fingerprint of a person's file.
bool read_one(const ordered_json& one, std::size_t number, Fingerprint& f, std::string& why) {
    const auto complain = [&](const std::string& what) {
        why = fmt::format("fingerprint {}: {}", number, what);
        return false;
    };
    if (!one.is_object()) return complain("is no object");
    f.id = one.contains("id") && one["id"].is_string() ? one["id"].get<std::string>() : fmt::format("f{}", number);
    if (!one.contains("all_of") || !one["all_of"].is_array() || one["all_of"].empty())
        return complain("\"all_of\" has to be a list of patterns, at least one");
    for (const auto& text : one["all_of"]) {
        if (!text.is_string()) return complain("\"all_of\" may hold texts only");
        f.all_of.push_back(text.get<std::string>());
    }
    if (one.contains("layer") && one["layer"].is_string()) f.layer = one["layer"].get<std::string>();
    if (one.contains("factor") && one["factor"].is_string()) f.factor.name = one["factor"].get<std::string>();
    if (!one.contains("where") || one["where"].is_null()) return true;
    if (!one["where"].is_object()) return complain("\"where\" is an object: {\"region\": [\"north\"]}");
    for (const auto& [name, values] : one["where"].items()) {
        std::size_t attribute = 0;
        while (attribute < correlate::kAttributes && name != correlate::name_of(static_cast<Attribute>(attribute)))
            ++attribute;
        if (attribute == correlate::kAttributes)
            return complain("\"where\" knows job, node, region and provider, and not \"" + name + "\"");
        std::vector<std::string> list;
        for (const auto& value : values.is_array() ? values : ordered_json::array({values})) {
            if (!value.is_string()) return complain("\"where\" may hold texts only");
            list.push_back(value.get<std::string>());
        }
        f.where.push_back({static_cast<Attribute>(attribute), list});
    }
    return true;
}

/// A value as a column of a table has it.
std::string cell(const ordered_json& value) {
    if (value.is_string()) return value.get<std::string>();
    return value.is_null() ? "" : value.dump();
}

/// The member that holds the log: the longest text.
std::string text_member(const ordered_json& object) {
    std::string best;
    std::size_t longest = 0;
    for (const auto& [name, value] : object.items())
        if (value.is_string() && value.get_ref<const std::string&>().size() > longest) {
            best = name;
            longest = value.get_ref<const std::string&>().size();
        }
    return best;
}

}  // namespace

ordered_json correlation_json(const Correlation& work) {
    ordered_json out;
    out["fingerprints"] = ordered_json::array();
    for (std::size_t i = 0; i < work.fingerprints.size(); ++i) out["fingerprints"].push_back(fingerprint_json(work, i));
    const auto& builds = work.logs->builds.all;
    out["classified"] = ordered_json::object();
    for (std::size_t b = 0; b < builds.size(); ++b)
        if (work.classified[b] >= 0)
            out["classified"][builds[b].id] = work.fingerprints[static_cast<std::size_t>(work.classified[b])].id;
    out["rate"] = rounded(work.rate);
    for (const auto& [name, list] : {std::pair{"unclassified", &work.unclassified}, std::pair{"own", &work.own}}) {
        out[name] = ordered_json::array();
        for (const std::uint32_t b : *list) out[name].push_back(builds[b].id);
    }
    out["warnings"] = work.logs->complaints;
    return out;
}

std::optional<std::vector<Fingerprint>> read_fingerprints(const std::string& path, std::string& why) {
    std::ifstream in(path, std::ios::binary);
    if (!in) {
        why = path + ": cannot read";
        return std::nullopt;
    }
    const ordered_json document = ordered_json::parse(in, nullptr, false);
    const bool has_list = document.is_object() && document.contains("fingerprints");
    const ordered_json& list = has_list ? document["fingerprints"] : document;
    if (!list.is_array()) {
        why = path + ": is no list of fingerprints: {\"fingerprints\": [{\"id\": \"a\", \"all_of\": [\"PATTERN\"]}]}";
        return std::nullopt;
    }
    std::vector<Fingerprint> out;
    for (const ordered_json& one : list) {
        out.emplace_back();
        if (!read_one(one, out.size(), out.back(), why)) {
            why = path + ": " + why;
            return std::nullopt;
        }
    }
    return out;
}

std::string open_json_lines(const std::string& path, std::unique_ptr<correlate::Logs>& logs) {
    auto out = std::make_unique<correlate::TextLogs>();
    std::string member, name, trouble;
    std::vector<std::string> columns;
    const auto take = [&](const std::string& line) {
        const ordered_json object = ordered_json::parse(line, nullptr, false);
        if (!object.is_object()) {
            trouble = fmt::format("{}: object {} is no JSON object; one a line is read", path, out->texts.size() + 1);
            return;
        }
        if (member.empty()) {
            member = text_member(object);
            for (const char* known : {"build", "id", "log"})
                if (name.empty() && known != member && object.contains(known)) name = known;
            for (const auto& [column, value] : object.items())
                if (column != member && column != name) columns.push_back(column);
            for (const std::string& column : columns)
                if (column != "result") out->builds.extra_columns.push_back(column);
        }
        correlate::Build build;
        build.id = !name.empty() && object.contains(name) ? cell(object[name]) : std::to_string(out->texts.size() + 1);
        build.has_log = true;
        build.result =
            object.contains("result") ? correlate::result_of(cell(object["result"])) : correlate::Result::failed;
        for (const std::string& column : out->builds.extra_columns)
            build.extra.push_back(object.contains(column) ? cell(object[column]) : "");
        out->texts.push_back(object.contains(member) ? cell(object[member]) : "");
        out->builds.all.push_back(std::move(build));
    };
    const std::string read = correlate::read_whole_lines(path, [&](const std::string& line) {
        if (trouble.empty() && !line.empty()) take(line);
    });
    if (!read.empty() || !trouble.empty()) return read.empty() ? trouble : read;
    if (out->texts.empty()) return path + ": holds no object";
    logs = std::move(out);
    return "";
}

}  // namespace gatesim
