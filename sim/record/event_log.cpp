#include "record/event_log.hpp"

#include <nlohmann/json.hpp>

#include "record/race_lives.hpp"
#include "record/words.hpp"

namespace gatesim {

namespace {

/// The event with what its build or its request belongs to.
Event completed(const Event& event, const Ledger& ledger) {
    Event out = event;
    const LiveBuild* build = ledger.build(event.build);
    const LiveRequest* request = ledger.request(event.request);
    const LiveAttempt* attempt = build ? ledger.attempt(build->attempt) : nullptr;
    const auto fill = [](auto& field, auto known) {
        if (field == kNone) field = known;
    };
    if (build) {
        fill(out.job, build->job);
        fill(out.attempt, build->attempt);
        if (event.kind == EventKind::build_ended) fill(out.request, build->request);
    }
    if (attempt) {
        fill(out.pipeline, attempt->pipeline);
        fill(out.queue, attempt->queue);
        fill(out.item, attempt->item);
        fill(out.change, attempt->change);
    }
    if (request) {
        fill(out.item, request->item);
        fill(out.attempt, request->attempt);
        fill(out.change, request->change);
        fill(out.pipeline, request->pipeline);
        fill(out.job, request->job);
        if (event.kind == EventKind::released) {
            fill(out.pool, request->pool);
            fill(out.node, request->node);
        }
    }
    if (const ResetRecord* reset = ledger.reset_of(event)) {
        fill(out.job, reset->job);
        fill(out.build, reset->build);
    }
    return out;
}

}  // namespace

void EventLog::on(const Event& heard, const Ledger& ledger) {
    const Event event = completed(heard, ledger);
    nlohmann::ordered_json line;
    const auto id = [&](const char* key, std::uint32_t value) {
        if (value != kNone) line[key] = value;
    };
    const auto name = [&](const char* key, std::uint32_t value, auto&& namer) {
        if (value != kNone) line[key] = namer(cast_, value);
    };
    line["replication"] = replication_;
    line["at_s"] = seconds(event.at);
    if (cast_.scenario && cast_.scenario->period.has_start) line["at"] = iso_text(event.at, cast_.scenario->period);
    line["event"] = event_name(event.kind);
    name("pipeline", event.pipeline, pipeline_name);
    name("queue", event.queue, queue_name);
    id("item", event.item);
    id("other_item", event.other_item);
    name("change", event.change, change_name);
    if (event.patchset) line["patchset"] = event.patchset;
    name("person", event.person, person_name);
    id("attempt", event.attempt);
    if (event.kind == EventKind::trial_opened) line["members"] = event.members;
    if (event.kind == EventKind::prepared || event.kind == EventKind::build_started ||
        event.kind == EventKind::trial_opened) {
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
    if (event.race != kNone) line["race"] = race_name(cast_, event.race);
    if (event.kind == EventKind::race_fixed) line["how"] = race_end_name(static_cast<RaceEnd>(event.value));
    if (event.value) line["value"] = event.value;
    if (const LiveAttempt* thrown = event.kind == EventKind::reset ? ledger.attempt(event.attempt) : nullptr)
        line["node_s"] = seconds(ledger.held(*thrown, event.at));
    if (event.reason.why != Why::none) {
        line["why"] = why_name(event.reason.why);
        line["reason"] = reason_text(event.reason, cast_);
    }
    file_.write(line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
    file_.write("\n");
}

}  // namespace gatesim
