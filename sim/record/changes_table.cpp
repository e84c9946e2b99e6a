// changes.csv: what came of every change, and where its time went.

#include "record/standings.hpp"
#include "record/tables.hpp"
#include "record/time_split.hpp"
#include "record/words.hpp"

namespace gatesim {

namespace {

const char* standing_name(Standing standing) {
    switch (standing) {
        case Standing::absent:
            return "";
        case Standing::in_flight:
            return "in_flight";
        case Standing::landed:
            return "landed";
        case Standing::ejected:
            return "ejected";
        case Standing::withdrawn:
            return "withdrawn";
    }
    return "";
}

class ChangesTable : public TableWriter {
public:
    using TableWriter::TableWriter;

    void on(const Event& event, const Ledger& ledger) override {
        standings_.take(event, ledger);
        const LiveItem* item = ledger.item_of(event);
        if (!item || !ledger.lands(item->pipeline)) return;
        if (!item->trial) return take(event, *item, ledger);
        for (ItemId id : item->members)
            if (const LiveItem* member = ledger.item(id)) take(event, *member, ledger);
    }

    void settled(const LiveRequest& request, const LiveAttempt* attempt, Fate, const Ledger& ledger) override {
        if (!attempt || request.granted == kNever || !ledger.lands(attempt->pipeline)) return;
        Story& story = of(attempt->change);
        const Time held = request.held(request.released);
        story.node_time += held;
        if (request.waste != Waste::none) story.node_wasted += held;
    }

    void settled(const LiveBuild& build, const LiveAttempt* attempt, Fate, const Ledger& ledger) override {
        if (attempt && build.started != kNever && ledger.lands(attempt->pipeline)) ++of(attempt->change).builds;
    }

    void reset(const ResetRecord& record, const Ledger& ledger) override {
        if (!ledger.lands(record.pipeline)) return;
        for (ChangeId change : record.changes) ++of(change).resets;
    }

protected:
    void last_rows() override {
        const auto& entries = standings_.entries();
        for (ChangeId id = 0; id < entries.size(); ++id) {
            if (entries[id].standing != Standing::absent) write(id, entries[id]);
        }
    }

private:
    struct Story {
        TimeSplit split;
        int enqueues = 0, ejections = 0, attempts = 0, resets = 0, builds = 0;
        Time node_time = 0, node_wasted = 0;
        const char* last_exit = "";
        Reason reason;
        JobId job = kNone;
        Cause cause = Cause::none;
        ChangeId culprit = kNone;
        RaceId race = kNone;
    };

    Story& of(ChangeId change) {
        if (stories_.size() <= change) stories_.resize(static_cast<std::size_t>(change) + 1);
        return stories_[change];
    }

    void take(const Event& event, const LiveItem& item, const Ledger& ledger) {
        Story& story = of(item.change);
        switch (event.kind) {
            case EventKind::enqueued:
                ++story.enqueues;
                break;
            case EventKind::prepared:
                ++story.attempts;
                break;
            case EventKind::reported:
                exit(story, event, ledger.attempt(item.attempt != kNone ? item.attempt : event.attempt));
                break;
            case EventKind::dequeued:
                if (!item.reported && !item.outside) exit(story, event, nullptr);
                break;
            default:
                break;
        }
        const bool gone = event.kind == EventKind::reported || (event.kind == EventKind::dequeued && !item.outside);
        if (gone)
            story.split.state(event.at, nullptr);
        else if (event.kind == EventKind::reset)
            story.split.enter(event.at, TimeSplit::Part::queue_wait);
        else if (!item.reported)
            story.split.state(event.at, &item);
    }

    static void exit(Story& story, const Event& event, const LiveAttempt* attempt) {
        if (event.outcome != Outcome::landed) ++story.ejections;
        story.last_exit = outcome_name(event.outcome);
        story.reason = event.reason;
        story.job = event.reason.job;
        story.cause = Cause::none;
        story.culprit = kNone;
        story.race = kNone;
        if (attempt && attempt->red > 0 && event.outcome == Outcome::failure) {
            if (story.job == kNone) story.job = attempt->red_job;
            const Fault seen = attempt->seen_by(event.change);
            story.cause = seen.cause;
            story.culprit = seen.culprit;
            story.race = seen.race;
        }
    }

    void write(ChangeId id, const Standings::Entry& entry) {
        const Change& change = cast_.changes[id];
        const Story& story = of(id);
        const bool timed = entry.first_enqueued != kNever && entry.left != kNever;
        row().text(change.name);
        out_.text(cast_.scenario && change.project < cast_.scenario->projects.size()
                      ? cast_.scenario->projects[change.project].name
                      : "");
        out_.text(change.branch).text(change.author).text(change.kind).text(standing_name(entry.standing));
        out_.time_and_date(entry.first_enqueued).time_and_date(entry.left);
        out_.time(timed ? entry.left - entry.first_enqueued : kNever);
        for (auto part : {TimeSplit::Part::tested, TimeSplit::Part::node_wait, TimeSplit::Part::queue_wait,
                          TimeSplit::Part::away}) {
            out_.time(timed ? story.split.get(part) : kNever);
        }
        out_.number(story.enqueues)
            .number(story.ejections)
            .number(story.attempts)
            .number(story.resets)
            .number(story.builds);
        out_.time(story.node_time).time(story.node_wasted).text(story.last_exit);
        out_.text(reason_text(story.reason, cast_)).text(story.job == kNone ? "" : job_name(cast_, story.job));
        out_.text(cause_name(story.cause)).text(culprit_name(cast_, story.culprit, story.race));
        out_.end_row();
    }

    Standings standings_;
    std::vector<Story> stories_;  ///< by ChangeId
};

}  // namespace

std::unique_ptr<TableWriter> make_changes_table(const std::string& path, const Cast& cast, std::uint32_t replication) {
    return std::make_unique<ChangesTable>(path, cast, replication);
}

}  // namespace gatesim
