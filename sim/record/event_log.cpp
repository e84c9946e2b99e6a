#include "record/event_log.hpp"

#include <nlohmann/json.hpp>

#include "record/words.hpp"

namespace gatesim {

void EventLog::on(const Event& event) {
    nlohmann::ordered_json line;
    const auto id = [&](const char* key, std::uint32_t value) {
        if (value != kNone) line[key] = value;
    };
    const auto name = [&](const char* key, std::uint32_t value, auto&& namer) {
        if (value != kNone) line[key] = namer(cast_, value);
    };
    line["replication"] = replication_;
    line["at_s"] = seconds(event.at);
    line["event"] = event_name(event.kind);
    name("pipeline", event.pipeline, pipeline_name);
    name("queue", event.queue, queue_name);
    id("item", event.item);
    id("other_item", event.other_item);
    name("change", event.change, change_name);
    if (event.patchset) line["patchset"] = event.patchset;
    name("person", event.person, person_name);
    id("attempt", event.attempt);
    if (event.kind == EventKind::prepared || event.kind == EventKind::build_started) {
        line["ahead"] = nlohmann::ordered_json::array();
        for (ChangeId c : event.chain) line["ahead"].push_back(change_name(cast_, c));
    }
    id("build", event.build);
    id("request", event.request);
    name("job", event.job, job_name);
    name("pool", event.pool, pool_name);
    id("node", event.node);
    if (!event.voting) line["voting"] = false;
    if (event.kind == EventKind::reported || event.kind == EventKind::dequeued)
        line["outcome"] = outcome_name(event.outcome);
    if (event.result != Result::none) line["result"] = result_name(event.result);
    if (event.cause != Cause::none) line["really"] = cause_name(event.cause);
    if (event.value) line["value"] = event.value;
    if (event.reason.why != Why::none) {
        line["why"] = why_name(event.reason.why);
        line["reason"] = reason_text(event.reason, cast_);
    }
    file_.write(line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
    file_.write("\n");
}

}  // namespace gatesim
