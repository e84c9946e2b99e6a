#include "record/tables.hpp"

#include <algorithm>

#include "model/list_cell.hpp"
#include "record/words.hpp"

namespace gatesim {

namespace {

std::string chain_text(const Cast& cast, std::span<const ChangeId> ahead, ChangeId change) {
    std::string out;
    for (ChangeId c : ahead) add_to_list(out, change_name(cast, c));
    add_to_list(out, change_name(cast, change));
    return out;
}

class BuildsTable : public TableWriter {
public:
    using TableWriter::TableWriter;

    void settled(const LiveBuild& build, const LiveAttempt* attempt, Fate fate, const Ledger&) override {
        if (build.started == kNever || !attempt) return;
        row().number(build.id);
        out_.text(pipeline_name(cast_, attempt->pipeline)).text(queue_name(cast_, attempt->queue));
        out_.text(change_name(cast_, attempt->change)).number(attempt->patchset).number(attempt->id);
        out_.text(chain_text(cast_, attempt->chain, attempt->change))
            .text(job_name(cast_, build.job))
            .number(build.run);
        out_.number(build.voting).text(pool_name(cast_, build.pool)).id(build.node);
        out_.time_and_date(build.started).time_and_date(build.ended);
        out_.text(result_name(build.result)).text(cause_name(build.cause));
        out_.text(culprit_name(cast_, build.culprit, build.race)).text(fate_name(fate));
        out_.text(waste_name(build.waste));
        out_.end_row();
    }
};

class NodesTable : public TableWriter {
public:
    using TableWriter::TableWriter;

    void settled(const LiveRequest& request, const LiveAttempt*, Fate fate, const Ledger&) override {
        if (request.granted == kNever) return;
        row().number(request.id).text(pipeline_name(cast_, request.pipeline)).text(change_name(cast_, request.change));
        out_.text(job_name(cast_, request.job)).id(request.build).text(pool_name(cast_, request.pool)).id(request.node);
        out_.number(request.nodes).time(request.requested).time(request.granted).time(request.ready);
        out_.time_and_date(request.released);
        out_.time(request.ready == kNever ? kNever : request.ready - request.requested);
        out_.time(request.held(request.released)).number(request.failed_launches).text(fate_name(fate));
        out_.text(waste_name(request.waste));
        out_.end_row();
    }
};

/// Several changes of one instant make one row: the state that lasts.
class QueueTable : public TableWriter {
public:
    using TableWriter::TableWriter;

    void on(const Event& event, const Ledger& ledger) override {
        if (event.at != at_) flush();
        at_ = event.at;
        if (event.kind != EventKind::enqueued && event.kind != EventKind::dequeued && event.kind != EventKind::window)
            return;
        if (event.queue >= ledger.queues().size() || !ledger.lands(event.pipeline)) return;
        if (seen_.size() <= event.queue) seen_.resize(event.queue + 1);
        Seen& seen = seen_[event.queue];
        seen.now = ledger.queues()[event.queue];
        if (!seen.pending) pending_.push_back(event.queue);
        seen.pending = true;
    }

protected:
    void last_rows() override { flush(); }

private:
    struct Seen {
        LiveQueue now, written;
        bool ever = false, pending = false;
    };

    void flush() {
        for (QueueId id : pending_) {
            Seen& seen = seen_[id];
            seen.pending = false;
            if (seen.ever && seen.now.length == seen.written.length && seen.now.window == seen.written.window) continue;
            seen.ever = true;
            seen.written = seen.now;
            row().text(pipeline_name(cast_, seen.now.pipeline)).text(queue_name(cast_, id)).time_and_date(at_);
            out_.number(seen.now.length);
            seen.now.window > 0 ? out_.number(seen.now.window) : out_.empty();
            out_.end_row();
        }
        pending_.clear();
    }

    Time at_ = 0;
    std::vector<Seen> seen_;
    std::vector<QueueId> pending_;
};

class ResetsTable : public TableWriter {
public:
    using TableWriter::TableWriter;

    void reset(const ResetRecord& record, const Ledger&) override {
        const Reason& reason = record.reason;
        row()
            .time_and_date(record.at)
            .text(pipeline_name(cast_, record.pipeline))
            .text(queue_name(cast_, record.queue));
        out_.text(why_name(reason.why)).text(record.change == kNone ? "" : change_name(cast_, record.change));
        out_.text(record.job == kNone ? "" : job_name(cast_, record.job))
            .id(record.build)
            .text(cause_name(record.really));
        std::string changes;
        for (ChangeId change : record.changes) {
            add_to_list(changes, change_name(cast_, change));
        }
        out_.number(static_cast<std::int64_t>(record.changes.size()))
            .text(changes)
            .number(record.builds)
            .time(record.held);
        out_.text(reason_text(reason, cast_));
        out_.end_row();
    }
};

}  // namespace

std::unique_ptr<TableWriter> make_builds_table(const std::string& path, const Cast& cast, std::uint32_t replication) {
    return std::make_unique<BuildsTable>(path, cast, replication);
}
std::unique_ptr<TableWriter> make_nodes_table(const std::string& path, const Cast& cast, std::uint32_t replication) {
    return std::make_unique<NodesTable>(path, cast, replication);
}
std::unique_ptr<TableWriter> make_queue_table(const std::string& path, const Cast& cast, std::uint32_t replication) {
    return std::make_unique<QueueTable>(path, cast, replication);
}
std::unique_ptr<TableWriter> make_resets_table(const std::string& path, const Cast& cast, std::uint32_t replication) {
    return std::make_unique<ResetsTable>(path, cast, replication);
}

std::vector<std::unique_ptr<TableWriter>> make_table_writers(const std::string& folder, const Cast& cast,
                                                             std::uint32_t replication) {
    std::vector<std::unique_ptr<TableWriter>> out;
    out.push_back(make_changes_table(folder + "/changes.csv", cast, replication));
    out.push_back(make_builds_table(folder + "/builds.csv", cast, replication));
    out.push_back(make_nodes_table(folder + "/nodes.csv", cast, replication));
    out.push_back(make_queue_table(folder + "/queue.csv", cast, replication));
    out.push_back(make_resets_table(folder + "/resets.csv", cast, replication));
    out.push_back(make_stays_table(folder + "/stays.csv", cast, replication));
    out.push_back(make_attempts_table(folder + "/attempts.csv", cast, replication));
    out.push_back(make_waits_table(folder + "/waits.csv", cast, replication));
    if (cast.scenario->load.people) out.push_back(make_reviews_table(folder + "/reviews.csv", cast, replication));
    const auto& pools = cast.scenario->pools;
    if (std::any_of(pools.begin(), pools.end(), [](const Pool& pool) { return pool.life.has_value(); }))
        out.push_back(make_node_lives_table(folder + "/node_lives.csv", cast, replication));
    if (cast.scenario->failures.races.any()) out.push_back(make_races_table(folder + "/races.csv", cast, replication));
    return out;
}

}  // namespace gatesim
