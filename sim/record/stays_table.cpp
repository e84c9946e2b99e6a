// stays.csv: who was in which queue, from when to when, and how it ended.
#include <map>
#include <set>

#include "model/display_width.hpp"
#include "record/tables.hpp"
#include "record/words.hpp"

namespace gatesim {

namespace {

class StaysTable : public TableWriter {
public:
    using TableWriter::TableWriter;

    void on(const Event& event, const Ledger& ledger) override {
        if (!ledger.lands(event.pipeline)) return;
        if (event.kind == EventKind::enqueued) {
            stays_[event.item] = {event, kNever, false, Outcome::landed, {}, kNone, kNone, Cause::none};
            return;
        }
        if (event.kind != EventKind::reported && event.kind != EventKind::dequeued) return;
        const auto found = stays_.find(event.item);
        if (found == stays_.end()) return;
        if (event.kind == EventKind::dequeued) found->second.left = event.at;
        if (event.kind == EventKind::reported)
            decided(found->second, event, ledger);
        else if (!found->second.decided && !runs_on(event))
            said(found->second, event);
    }

protected:
    void last_rows() override {
        for (const auto& [item, stay] : stays_) write(item, stay);
    }

private:
    struct Stay {
        Event entered;
        Time left = kNever;
        bool decided = false;
        Outcome outcome = Outcome::landed;
        Reason reason;
        JobId job = kNone;
        BuildId build = kNone;
        Cause really = Cause::none;
    };

    static void said(Stay& stay, const Event& event) {
        stay.decided = true;
        stay.outcome = event.outcome;
        stay.reason = event.reason;
        stay.job = event.reason.job;
        stay.build = event.reason.build;
    }

    static void decided(Stay& stay, const Event& event, const Ledger& ledger) {
        said(stay, event);
        const LiveItem* item = ledger.item(event.item);
        const AttemptId own = item ? item->attempt : kNone;
        const LiveAttempt* attempt = ledger.attempt(own != kNone ? own : event.attempt);
        if (!attempt || attempt->red == 0 || event.outcome != Outcome::failure) return;
        if (stay.job == kNone) stay.job = attempt->red_job;
        if (stay.build == kNone && stay.job == attempt->red_job) stay.build = attempt->red_build;
        stay.really = attempt->seen_by(event.change).cause;
    }

    void write(ItemId item, const Stay& stay) {
        const Event& entered = stay.entered;
        row().number(item).text(pipeline_name(cast_, entered.pipeline)).text(queue_name(cast_, entered.queue));
        out_.text(change_name(cast_, entered.change)).text(label(entered.change)).number(entered.patchset);
        out_.number(entered.value + 1).time_and_date(entered.at).time_and_date(stay.left);
        out_.text(stay.decided ? outcome_name(stay.outcome) : "").text(why_name(stay.reason.why));
        const bool other = stay.reason.change != kNone && stay.reason.change != entered.change;
        out_.text(other ? change_name(cast_, stay.reason.change) : "");
        out_.text(stay.job == kNone ? "" : job_name(cast_, stay.job)).id(stay.build).text(cause_name(stay.really));
        out_.text(reason_text(stay.reason, cast_));
        out_.end_row();
    }

    /// A name that nobody else has: of two that are alike in short the later one has a number.
    const std::string& label(ChangeId change) {
        std::string& known = labels_[change];
        if (!known.empty()) return known;
        known = short_name(cast_, change);
        const std::string name = known;
        for (int number = 2; !taken_.insert(known).second; ++number) {
            const std::string tail = "~" + std::to_string(number);
            known = std::string(cut_to_width(name, 16 - tail.size())) + tail;
        }
        return known;
    }

    std::map<ItemId, Stay> stays_;
    std::map<ChangeId, std::string> labels_;
    std::set<std::string> taken_;
};

}  // namespace

std::unique_ptr<TableWriter> make_stays_table(const std::string& path, const Cast& cast, std::uint32_t replication) {
    return std::make_unique<StaysTable>(path, cast, replication);
}

}  // namespace gatesim
