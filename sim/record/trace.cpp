#include "record/trace.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "record/words.hpp"

namespace gatesim {

namespace {

std::string quoted(const std::string& text) {
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

TraceWriter::TraceWriter(const std::string& path, const Cast& cast) : file_(path), cast_(cast) {
    file_.write("{\"displayTimeUnit\":\"ms\",\"traceEvents\":[\n");
    const auto process = [&](int id, const std::string& name, int place) {
        write(fmt::format(R"({{"ph":"M","pid":{},"name":"process_name","args":{{"name":{}}}}})", id, quoted(name)));
        write(
            fmt::format(R"({{"ph":"M","pid":{},"name":"process_sort_index","args":{{"sort_index":{}}}}})", id, place));
    };
    for (PipelineId p = 0; p < cast.scenario->pipelines.size(); ++p)
        if (cast.scenario->pipelines[p].manager == Manager::dependent)
            process(process_of_pipeline(p), "pipeline " + pipeline_name(cast, p), process_of_pipeline(p));
    for (PoolId p = 0; p < cast.scenario->pools.size(); ++p)
        process(process_of_pool(p), "pool " + pool_name(cast, p), process_of_pool(p));
}

TraceWriter::~TraceWriter() = default;

int TraceWriter::process_of_pipeline(PipelineId pipeline) const {
    return 1 + static_cast<int>(pipeline);
}

int TraceWriter::process_of_pool(PoolId pool) const {
    return 1 + static_cast<int>(cast_.scenario->pipelines.size() + pool);
}

void TraceWriter::write(const std::string& line) {
    if (!first_) file_.write(",\n");
    first_ = false;
    file_.write(line);
}

void TraceWriter::slice(int process, std::uint32_t track, const Slice& what, Time until) {
    write(fmt::format(R"({{"ph":"X","pid":{},"tid":{},"ts":{},"dur":{},"name":{},"args":{{{}}}}})", process, track,
                      what.from, until - what.from, quoted(what.name), what.more));
}

void TraceWriter::counter(int process, const std::string& name, const char* what, std::int64_t value, Time at) {
    write(fmt::format(R"({{"ph":"C","pid":{},"ts":{},"name":{},"args":{{"{}":{}}}}})", process, at, quoted(name), what,
                      value));
}

void TraceWriter::name_track(int process, std::uint32_t track, const std::string& name) {
    if (!named_.try_emplace({process, track}, true).second) return;
    write(fmt::format(R"({{"ph":"M","pid":{},"tid":{},"name":"thread_name","args":{{"name":{}}}}})", process, track,
                      quoted(name)));
    write(fmt::format(R"({{"ph":"M","pid":{},"tid":{},"name":"thread_sort_index","args":{{"sort_index":{}}}}})",
                      process, track, track));
}

void TraceWriter::on(const Event& event, const Ledger& ledger) {
    switch (event.kind) {
        case EventKind::granted:
            hand_out(event, ledger);
            break;
        case EventKind::ready:
            if (const auto hold = holds_.find(event.request); hold != holds_.end()) hold->second.ready = event.at;
            break;
        case EventKind::build_started:
        case EventKind::build_ended: {
            const LiveBuild* build = ledger.build(event.build);
            const auto hold = build ? holds_.find(build->request) : holds_.end();
            if (hold == holds_.end()) break;
            Hold& held = hold->second;
            held.build = event.build;
            held.started = build->started;
            held.ended = build->ended;
            held.result = build->result;
            if (is_red(event.result) && !held.tracks.empty())
                // a microsecond before its end: what begins there has the end itself
                ends_[event.build] = {process_of_pool(held.pool), held.tracks.front(),
                                      std::max(held.started, event.at - 1)};
            break;
        }
        case EventKind::released:
            give_back(event.request, event.at);
            break;
        case EventKind::enqueued:
        case EventKind::dequeued:
        case EventKind::waits:
            if (ledger.lands(event.pipeline)) stay(event);
            break;
        case EventKind::ended:
            while (!stays_.empty()) close_stay(stays_.begin()->first, event.at, "in flight");
            break;
        default:
            break;
    }
    count_queue(event, ledger);
}

void TraceWriter::settled(const LiveRequest& request, const LiveAttempt*, Fate fate, const Ledger&) {
    if (fate == Fate::unfinished && request.released != kNever) give_back(request.id, request.released);
}

// ------------------------------------------------------------ nodes

void TraceWriter::hand_out(const Event& event, const Ledger& ledger) {
    const LiveRequest* request = ledger.request(event.request);
    if (!request) return;
    Hold& hold = holds_[event.request];
    if (!hold.tracks.empty()) return;  // its start is tried again
    hold.change = request->change;
    hold.job = request->job;
    hold.pool = event.pool;
    hold.granted = event.at;
    std::vector<bool>& used = tracks_[event.pool];
    for (std::uint32_t track = 0; hold.tracks.size() < static_cast<std::size_t>(request->nodes); ++track) {
        if (track == used.size()) used.push_back(false);
        if (used[track]) continue;
        used[track] = true;
        hold.tracks.push_back(track);
        name_track(process_of_pool(event.pool), track, fmt::format("node {}", track + 1));
    }
    counter(process_of_pool(event.pool), "nodes in use", "nodes", busy_[event.pool] += request->nodes, event.at);
}

void TraceWriter::give_back(RequestId request, Time at) {
    const auto found = holds_.find(request);
    if (found == holds_.end()) return;
    const Hold& hold = found->second;
    const int process = process_of_pool(hold.pool);
    const std::string what = change_name(cast_, hold.change) + " " + job_name(cast_, hold.job);
    for (std::uint32_t track : hold.tracks) {
        tracks_[hold.pool][track] = false;
        slice(process, track, {hold.granted, what, fmt::format(R"("request":{})", request)}, at);
        if (hold.ready != kNever && hold.ready > hold.granted)
            slice(process, track, {hold.granted, "starts up", ""}, hold.ready);
        if (hold.started == kNever) continue;
        const Time until = hold.ended == kNever ? at : std::min(hold.ended, at);
        slice(process, track,
              {hold.started, job_name(cast_, hold.job),
               fmt::format(R"("build":{},"result":"{}")", hold.build, result_name(hold.result))},
              until);
    }
    busy_[hold.pool] -= static_cast<std::int64_t>(hold.tracks.size());
    counter(process, "nodes in use", "nodes", busy_[hold.pool], at);
    holds_.erase(found);
}

// ------------------------------------------------------------ changes

void TraceWriter::stay(const Event& event) {
    if (event.kind == EventKind::enqueued) {
        name_track(process_of_pipeline(event.pipeline), event.change, change_name(cast_, event.change));
        Open& open = stays_[event.item];
        open.pipeline = event.pipeline;
        open.change = event.change;
        open.stay = {event.at, "in " + queue_name(cast_, event.queue), fmt::format(R"("patchset":{})", event.patchset)};
        return;
    }
    if (event.kind == EventKind::dequeued) return close_stay(event.item, event.at, outcome_name(event.outcome));
    const auto found = stays_.find(event.item);
    if (found == stays_.end()) return;
    close_wait(found->second, event.at);
    found->second.waiting = true;
    found->second.wait = {event.at, why_name(event.reason.why),
                          fmt::format(R"("why":{})", quoted(reason_text(event.reason, cast_)))};
}

void TraceWriter::close_wait(Open& open, Time until) {
    if (open.waiting && until > open.wait.from)
        slice(process_of_pipeline(open.pipeline), open.change, open.wait, until);
    open.waiting = false;
}

void TraceWriter::close_stay(ItemId item, Time until, const char* outcome) {
    const auto found = stays_.find(item);
    if (found == stays_.end()) return;
    Open& open = found->second;
    close_wait(open, until);
    open.stay.more += fmt::format(R"(,"outcome":"{}")", outcome);
    slice(process_of_pipeline(open.pipeline), open.change, open.stay, until);
    stays_.erase(found);
}

void TraceWriter::reset(const ResetRecord& record, const Ledger& ledger) {
    if (!ledger.lands(record.pipeline)) return;
    const int process = process_of_pipeline(record.pipeline);
    const std::string why = quoted(reason_text(record.reason, cast_));
    for (ChangeId change : record.changes) {
        write(fmt::format(R"({{"ph":"i","s":"t","pid":{},"tid":{},"ts":{},"name":"reset","args":{{"why":{}}}}})",
                          process, change, record.at, why));
        const auto from = ends_.find(record.build);
        if (from == ends_.end()) continue;
        const Place& place = from->second;
        write(fmt::format(R"({{"ph":"s","id":{},"pid":{},"tid":{},"ts":{},"cat":"reset","name":"reset"}})", ++arrows_,
                          place.process, place.track, place.at));
        write(fmt::format(R"({{"ph":"f","bp":"e","id":{},"pid":{},"tid":{},"ts":{},"cat":"reset","name":"reset"}})",
                          arrows_, process, change, record.at));
    }
}

void TraceWriter::count_queue(const Event& event, const Ledger& ledger) {
    if (event.kind != EventKind::enqueued && event.kind != EventKind::dequeued && event.kind != EventKind::window)
        return;
    if (event.queue >= ledger.queues().size() || !ledger.lands(event.pipeline)) return;
    const LiveQueue& queue = ledger.queues()[event.queue];
    const int process = process_of_pipeline(event.pipeline);
    const std::string name = queue_name(cast_, event.queue);
    if (event.kind != EventKind::window)
        counter(process, "queue " + name, "changes", queue.length, event.at);
    else if (queue.window > 0)
        counter(process, "window " + name, "changes", queue.window, event.at);
}

std::string TraceWriter::finish() {
    file_.write("\n]}\n");
    return file_.commit();
}

}  // namespace gatesim
