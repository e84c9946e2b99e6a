// attempts.csv: every state that was put together to be tested, what it stood on, and how it ended.
#include <algorithm>
#include <ext/pb_ds/assoc_container.hpp>
#include <map>
#include <vector>

#include "record/tables.hpp"
#include "record/words.hpp"

namespace gatesim {

namespace {

/// The items of a queue. Their numbers are in the order of the queue, so the place of one is how many come before it.
using Places = __gnu_pbds::tree<ItemId, __gnu_pbds::null_type, std::less<>, __gnu_pbds::rb_tree_tag,
                                __gnu_pbds::tree_order_statistics_node_update>;

class AttemptsTable : public TableWriter {
public:
    using TableWriter::TableWriter;

    void on(const Event& event, const Ledger& ledger) override {
        if (event.at != now_) write_those_over();
        now_ = event.at;
        if (!ledger.lands(event.pipeline)) return;
        if (event.kind == EventKind::enqueued) {
            places_[event.queue].insert(event.item);
        } else if (event.kind == EventKind::prepared) {
            open(event, ledger);
        } else if (Try* one = find(event, ledger)) {
            hear(*one, event);
        }
        if (event.kind == EventKind::dequeued) places_[event.queue].erase(event.item);
    }

    void settled(const LiveRequest& request, const LiveAttempt* attempt, Fate, const Ledger&) override {
        const auto found = attempt ? tries_.find(attempt->id) : tries_.end();
        if (found == tries_.end() || request.granted == kNever) return;
        found->second.node_time += request.held(request.released);
        if (request.waste != Waste::none) found->second.node_wasted += request.held(request.released);
    }

    void settled(const LiveBuild& build, const LiveAttempt* attempt, Fate, const Ledger&) override {
        const auto found = attempt ? tries_.find(attempt->id) : tries_.end();
        if (found != tries_.end() && build.started != kNever) ++found->second.builds;
    }

    void settled(const LiveAttempt& attempt, const Ledger&) override {
        const auto found = tries_.find(attempt.id);
        if (found == tries_.end()) return;
        if (found->second.reason.job == kNone && found->second.result == Verdict::red) {
            found->second.reason.job = attempt.red_job;
            found->second.reason.build = attempt.red_build;
        }
        over_.push_back(attempt.id);  // its reset may not be complete yet
    }

    void reset(const ResetRecord& record, const Ledger&) override {
        for (const ResetRecord::Part& part : record.parts) {
            const auto found = tries_.find(part.attempt);
            if (found == tries_.end()) continue;
            found->second.reason.change = record.change;
            found->second.reason.job = record.job;
            found->second.reason.build = record.build;
        }
    }

protected:
    void last_rows() override { write_those_over(); }

private:
    enum class End : std::uint8_t { unfinished, thrown_away, served, ejected, landed };
    enum class Verdict : std::uint8_t { none, green, red, conflict };

    struct Try {
        AttemptId id = kNone;
        PipelineId pipeline = kNone;
        QueueId queue = kNone;
        bool trial = false;
        std::vector<ItemId> items;
        ChangeId change = kNone;
        int patchset = 1;
        std::size_t place = 0;
        AttemptId ahead = kNone;
        std::size_t depth = 0;
        std::vector<ChangeId> below;
        Time opened = 0, tested = kNever, ended = kNever;
        Verdict result = Verdict::none;
        End end = End::unfinished;
        Reason reason;
        int builds = 0;
        Time node_time = 0, node_wasted = 0;
    };

    void open(const Event& event, const Ledger& ledger) {
        const LiveItem* item = ledger.item(event.item);
        const LiveAttempt* attempt = ledger.attempt(event.attempt);
        if (!item || !attempt) return;
        Try& one = tries_[event.attempt];
        one.id = event.attempt;
        one.pipeline = event.pipeline;
        one.queue = event.queue;
        one.trial = item->trial;
        one.items = item->trial ? item->members : std::vector<ItemId>{event.item};
        one.change = event.change;
        one.patchset = event.patchset;
        one.opened = event.at;
        if (!one.items.empty()) one.place = places_[event.queue].order_of_key(one.items.front()) + 1;
        const std::size_t own = std::max<std::size_t>(one.items.size(), 1) - 1;  // its last is the event's change
        one.depth = event.chain.size() - std::min(own, event.chain.size());
        const auto below = event.chain.first(one.items.empty() ? 0 : one.depth);
        if (latest_.size() <= event.change) latest_.resize(event.change + std::size_t{1}, kNone);
        latest_[event.change] = event.attempt;
        if (below.empty()) {
            one.depth = 0;
            return;
        }
        one.ahead = stands_on(below, ledger, event.queue);
        if (one.ahead == kNone) one.below.assign(below.begin(), below.end());
    }

    /// The open attempt whose changes end with these; kNone if there is none.
    AttemptId stands_on(std::span<const ChangeId> below, const Ledger& ledger, QueueId queue) const {
        const AttemptId id = below.back() < latest_.size() ? latest_[below.back()] : kNone;
        const LiveAttempt* attempt = ledger.attempt(id);
        const auto mine = tries_.find(id);
        if (!attempt || attempt->queue != queue || mine == tries_.end() || mine->second.ended != kNever) return kNone;
        const auto chain = attempt->chain.span();
        const auto rest = below.first(below.size() - 1);
        const bool same = rest.size() <= chain.size() && std::ranges::equal(rest, chain.last(rest.size()));
        return same ? id : AttemptId{kNone};
    }

    Try* find(const Event& event, const Ledger& ledger) {
        const LiveItem* item = ledger.item(event.item);
        const bool of_item = item && item->attempt != kNone && event.attempt == kNone;
        const auto found = tries_.find(of_item ? item->attempt : event.attempt);
        return found == tries_.end() ? nullptr : &found->second;
    }

    static void hear(Try& one, const Event& event) {
        switch (event.kind) {
            case EventKind::merged_state:
                if (event.value == 0) one.result = Verdict::conflict;
                break;
            case EventKind::tested:
                one.tested = event.at;
                if (one.result != Verdict::conflict) one.result = event.value ? Verdict::green : Verdict::red;
                break;
            case EventKind::reported:
                finish(one, event, event.outcome == Outcome::landed ? End::landed : End::ejected);
                break;
            case EventKind::trial_closed:
                finish(one, event, event.value ? End::served : End::thrown_away);
                break;
            case EventKind::reset:
                finish(one, event, End::thrown_away);
                break;
            case EventKind::dequeued:
                if (one.end == End::unfinished && !runs_on(event)) finish(one, event, End::thrown_away);
                break;
            default:
                break;
        }
    }

    /// The best that came of it counts.
    static void finish(Try& one, const Event& event, End end) {
        if (one.ended == kNever || one.trial) one.ended = event.at;
        if (end <= one.end) return;
        one.end = end;
        if (event.reason.why != Why::none) one.reason = event.reason;
    }

    void write_those_over() {
        for (AttemptId id : over_) {
            const auto found = tries_.find(id);
            if (found == tries_.end()) continue;
            write(found->second);
            tries_.erase(found);
        }
        over_.clear();
    }

    void write(const Try& one) {
        static constexpr const char* kEnds[] = {"unfinished", "thrown_away", "served", "ejected", "landed"};
        static constexpr const char* kVerdicts[] = {"", "green", "red", "conflict"};
        std::string items, below;
        for (ItemId item : one.items) items += (items.empty() ? "" : " ") + std::to_string(item);
        for (ChangeId change : one.below) below += (below.empty() ? "" : " ") + change_name(cast_, change);
        row().number(one.id).text(pipeline_name(cast_, one.pipeline)).text(queue_name(cast_, one.queue));
        out_.text(!one.trial ? "item" : one.items.empty() ? "probe" : "trial").text(items);
        out_.text(change_name(cast_, one.change)).number(one.patchset);
        one.place > 0 ? out_.number(static_cast<std::int64_t>(one.place)) : out_.empty();
        out_.id(one.ahead).number(static_cast<std::int64_t>(one.depth)).text(below);
        out_.time(one.opened).time(one.tested).time(one.ended);
        out_.text(kVerdicts[static_cast<std::size_t>(one.result)]).text(kEnds[static_cast<std::size_t>(one.end)]);
        const bool other = one.reason.change != kNone && one.reason.change != one.change;
        out_.text(why_name(one.reason.why)).text(other ? change_name(cast_, one.reason.change) : "");
        out_.text(one.reason.job == kNone ? "" : job_name(cast_, one.reason.job)).id(one.reason.build);
        out_.number(one.builds).time(one.node_time).time(one.node_wasted);
        out_.end_row();
    }

    Time now_ = 0;
    std::map<QueueId, Places> places_;
    std::map<AttemptId, Try> tries_;  ///< not written yet
    std::vector<AttemptId> over_;     ///< settled, to be written when the instant is over
    std::vector<AttemptId> latest_;   ///< by change: the attempt of it that was opened last
};

}  // namespace

std::unique_ptr<TableWriter> make_attempts_table(const std::string& path, const Cast& cast, std::uint32_t replication) {
    return std::make_unique<AttemptsTable>(path, cast, replication);
}

}  // namespace gatesim
