// A worker's lines: a letter, a blank, JSON. Numbers survive the way exactly.

#include <cmath>
#include <nlohmann/json.hpp>

#include "study/worker.hpp"

namespace gatesim {

using Json = nlohmann::json;

namespace {

Json numbers(const std::vector<std::optional<double>>& values) {
    Json out = Json::array();
    for (const auto& v : values) out.push_back(v ? Json(*v) : Json(nullptr));
    return out;
}

std::vector<std::optional<double>> numbers_of(const Json& list) {
    std::vector<std::optional<double>> out;
    for (const Json& v : list) out.push_back(v.is_null() ? std::nullopt : std::optional<double>(v.get<double>()));
    return out;
}

}  // namespace

std::string progress_line(double share) {
    return "p " + Json(share).dump();
}

std::string result_line(const ReplicationRecord& record) {
    Json values = numbers(record.values);
    Json story = Json::array();
    for (const StoryLine& l : record.story) story.push_back({l.at, l.text});
    Json landings = Json::array();
    for (const SimulatedLanding& l : record.landings) landings.push_back({l.change, l.at});
    Json document = {{"number", record.number},
                     {"cut", record.cut},
                     {"events", record.events},
                     {"values", std::move(values)},
                     {"overloaded", record.overloaded},
                     {"never_let_in", record.never_let_in},
                     {"drew", record.drew},
                     {"stuck", record.stuck},
                     {"example", record.example},
                     {"story", std::move(story)},
                     {"landings", std::move(landings)}};
    if (const auto& rows = record.rows)
        document["rows"] = {rows->read,   rows->before_start,    rows->after_end,   rows->in_gate,
                            rows->landed, rows->builds_recorded, rows->builds_drawn};
    if (record.missed.count > 0) document["missed"] = {record.missed.count, record.missed.first};
    if (record.never_at_rest) document["never_at_rest"] = true;
    for (const LimitUse& use : record.limits) document["limits"].push_back({use.job, use.of_job, use.hit, use.of});
    for (const SimulatedStay& s : record.stays) document["stays"].push_back({s.change, s.entered, s.left, s.landed});
    if (!record.series.empty()) document["series"] = record.series;
    if (!record.facts.empty()) document["facts"] = numbers(record.facts);
    return "r " + document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string problem_line(const StudyProblem& problem) {
    const Json document = {
        {"text", problem.text}, {"exit_code", problem.exit_code}, {"replication", problem.replication}};
    return "x " + document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

WorkerLine read_line(const std::string& line) {
    WorkerLine out;
    const Json document = Json::parse(line.substr(std::min<std::size_t>(2, line.size())), nullptr, false);
    if (document.is_discarded() || line.empty()) return out;
    if (line[0] == 'p') {
        out.progress = document.get<double>();
    } else if (line[0] == 'x') {
        out.problem = StudyProblem{document.at("text"), document.at("exit_code"), document.at("replication")};
    } else if (line[0] == 'r') {
        ReplicationRecord record;
        record.number = document.at("number");
        record.cut = document.at("cut");
        record.events = document.at("events");
        record.drew = document.at("drew");
        record.overloaded = document.at("overloaded");
        record.never_let_in = document.at("never_let_in");
        record.stuck = document.at("stuck");
        record.never_at_rest = document.value("never_at_rest", false);
        record.example = document.at("example");
        record.values = numbers_of(document.at("values"));
        if (const auto facts = document.find("facts"); facts != document.end()) record.facts = numbers_of(*facts);
        for (const Json& l : document.at("story"))
            record.story.push_back({l.at(0).get<Time>(), l.at(1).get<std::string>()});
        for (const Json& l : document.at("landings"))
            record.landings.push_back({l.at(0).get<std::string>(), l.at(1).get<Time>()});
        if (const auto rows = document.find("rows"); rows != document.end())
            record.rows = {rows->at(0), rows->at(1), rows->at(2), rows->at(3), rows->at(4), rows->at(5), rows->at(6)};
        if (const auto missed = document.find("missed"); missed != document.end())
            record.missed = {missed->at(0), missed->at(1)};
        if (const auto limits = document.find("limits"); limits != document.end())
            for (const Json& l : *limits) record.limits.push_back({l.at(0), l.at(1), l.at(2), l.at(3)});
        if (const auto stays = document.find("stays"); stays != document.end())
            for (const Json& s : *stays) record.stays.push_back({s.at(0), s.at(1), s.at(2), s.at(3)});
        if (const auto series = document.find("series"); series != document.end())
            record.series = series->get<std::vector<double>>();
        out.record = std::move(record);
    }
    return out;
}

}  // namespace gatesim
