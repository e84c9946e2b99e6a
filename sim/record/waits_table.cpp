// waits.csv: what each stay waits for, from when to when.
#include <map>

#include "record/tables.hpp"
#include "record/words.hpp"

namespace gatesim {

namespace {

class WaitsTable : public TableWriter {
public:
    using TableWriter::TableWriter;

    bool wants_waits() const override { return true; }

    void on(const Event& event, const Ledger& ledger) override {
        if (event.kind == EventKind::waits) {
            close(event.item, event.at);
            open_[event.item] = event;
        } else if (event.kind == EventKind::dequeued && ledger.lands(event.pipeline)) {
            close(event.item, event.at);
        }
    }

protected:
    void last_rows() override {
        while (!open_.empty()) close(open_.begin()->first, kNever);
    }

private:
    void close(ItemId item, Time until) {
        const auto found = open_.find(item);
        if (found == open_.end()) return;
        if (found->second.at != until) write(found->second, until);
        open_.erase(found);
    }

    void write(const Event& event, Time until) {
        const Reason& reason = event.reason;
        const bool semaphore = reason.why == Why::semaphore;
        row().number(event.item).text(pipeline_name(cast_, event.pipeline)).text(queue_name(cast_, event.queue));
        out_.text(change_name(cast_, event.change)).time(event.at).time(until).text(why_name(reason.why));
        out_.text(reason.change == kNone ? "" : change_name(cast_, reason.change));
        out_.text(reason.job == kNone ? "" : job_name(cast_, reason.job)).id(reason.build);
        out_.text(event.pool == kNone ? "" : pool_name(cast_, event.pool));
        out_.text(semaphore ? cast_.scenario->semaphores[static_cast<std::size_t>(event.value)].name : "");
        out_.text(reason_text(reason, cast_));
        out_.end_row();
    }

    std::map<ItemId, Event> open_;
};

}  // namespace

std::unique_ptr<TableWriter> make_waits_table(const std::string& path, const Cast& cast, std::uint32_t replication) {
    return std::make_unique<WaitsTable>(path, cast, replication);
}

}  // namespace gatesim
