#include "load/row_queue.hpp"

#include <algorithm>

namespace gatesim {
namespace {

/// What a row weighs while it waits; short texts weigh nothing, they are in the row itself.
std::size_t weight_of(const LoadRow& row) {
    std::size_t bytes = row.project.size() + row.branch.size() + row.change.size() + row.author.size() +
                        row.series.size() + row.kind.size();
    for (const auto* list : {&row.depends_on, &row.paths})
        for (const std::string& text : *list) bytes += sizeof text + text.size();
    return bytes;
}

}  // namespace

RowQueue::RowQueue(const Scenario& scenario) : scenario_(scenario), load_(*scenario.load.replay) {
    for (ProjectId p = 0; p < scenario.projects.size(); ++p) projects_[scenario.projects[p].name] = p;
    origin_ = scenario.period.start_unix * kSecond;
}

void RowQueue::open() {
    LoadError error;
    const bool absolute =
        load_.file == "-" || (!load_.file.empty() && load_.file.front() == '/') || scenario_.folder.empty();
    reader_ = LoadFileReader::open(absolute ? load_.file : scenario_.folder + "/" + load_.file, error);
    failure_ = error.text;
    read_first();
}

Time RowQueue::due(Time now) {
    read_ahead(now);
    return next();
}

LoadRow RowQueue::take() {
    LoadRow row = ahead_.top().row;
    ahead_.pop();
    ahead_bytes_ -= weight_of(row);
    return row;
}

Time RowQueue::moment(const LoadRow& row) const {
    switch (load_.from) {
        case EnqueueFrom::enqueued:
            return row.enqueued;
        case EnqueueFrom::uploaded:
            return row.uploaded;
        case EnqueueFrom::landed:
            return row.landed != kNever ? row.landed
                                        : row.left;  // of a stay that is known between two times: about then
    }
    return kNever;
}

/// What this scenario cannot do with a row; empty if nothing.
std::string RowQueue::fault_of(const LoadRow& row) const {
    static constexpr const char* kColumns[] = {"enqueued", "uploaded", "landed"};
    if (!projects_.count(row.project))
        return "project \"" + row.project + "\" is not in the scenario; list it under /projects";
    if (moment(row) == kNever)
        return std::string("no time in column ") + kColumns[static_cast<int>(load_.from)] +
               ", from which the scenario takes the enqueue";
    if (std::find(row.depends_on.begin(), row.depends_on.end(), row.change) != row.depends_on.end())
        return "depends_on: " + row.change + " cannot depend on itself";
    return "";
}

/// The next row; false at the end of the file and on a failure.
bool RowQueue::read(LoadRow& row) {
    if (!reader_ || ended_ || !failure_.empty()) return false;
    LoadError error;
    if (!reader_->next(row, error)) {
        failure_ = error.text;
        ended_ = true;
        return false;
    }
    ++rows.read;
    if (const std::string fault = fault_of(row); !fault.empty()) fail(row, fault);
    return failure_.empty();
}

bool RowQueue::waits_at_start(const LoadRow& row) const {
    return load_.waiting_at_start && row.stayed && (row.left == kNever || at(row.left) > 0);
}

/// Whether it lies in the period, or waits where that begins; if not, it is counted.
bool RowQueue::in_period(const LoadRow& row) {
    const Time when = at(moment(row));
    if (when < 0 && !waits_at_start(row)) return ++rows.before_start, false;
    if (when > scenario_.period.length) return ++rows.after_end, false;
    return true;
}

void RowQueue::read_first() {
    const bool dated = scenario_.period.has_start;
    bool rises = false, falls = false;
    LoadRow row;
    while (room() && read(row)) {
        const Time when = moment(row);
        if (dated && !in_period(row)) continue;
        rises |= !first_.empty() && when > first_.back().moment;
        falls |= !first_.empty() && when < first_.back().moment;
        ahead_bytes_ += weight_of(row);
        first_.push_back({when, number_++, std::move(row)});
    }
    const auto earliest =
        std::min_element(first_.begin(), first_.end(), [](const Due& a, const Due& b) { return a.moment < b.moment; });
    if (!dated && earliest != first_.end()) origin_ = earliest->moment + load_.shift;
    const bool newest_first = falls && !rises && ended_;
    for (Due& due : first_) {
        if (newest_first) due.number = -due.number;
        if (dated || in_period(due.row))
            ahead_.push(std::move(due));
        else
            ahead_bytes_ -= weight_of(due.row);
    }
    first_ = {};
}

void RowQueue::read_ahead(Time now) {
    LoadRow row;
    while (room() && read(row)) {
        const Time when = moment(row);
        const bool waits = at(when) < 0 && waits_at_start(row);
        const Time due = waits ? 0 : at(when);
        if (due < now && (due >= 0 || !scenario_.period.has_start))
            return fail(row,
                        "this row belongs more than 65,536 rows (or 64 MiB) "
                        "earlier; sort the file by time, oldest "
                        "first");
        if (!in_period(row)) continue;
        ahead_bytes_ += weight_of(row);
        ahead_.push({when, number_++, std::move(row)});
    }
}

}  // namespace gatesim
