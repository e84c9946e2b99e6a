// Changes replayed from a load file: one row is one enqueue.
#include <algorithm>
#include <queue>
#include <string_view>
#include <unordered_map>

#include "load/id_table.hpp"
#include "load/load_file.hpp"
#include "load/source.hpp"

namespace gatesim {
namespace {

/// Rows are read ahead and put in order of time; a file may be out of order by no more than this many rows, or by as
/// many as have this much text.
constexpr std::size_t kReadAhead = 65'536;
constexpr std::size_t kReadAheadBytes = std::size_t{64} << 20;

/// What a row weighs while it waits; short texts weigh nothing, they are in the row itself.
std::size_t weight_of(const LoadRow& row) {
    std::size_t bytes = row.project.size() + row.branch.size() + row.change.size() + row.author.size() +
                        row.series.size() + row.kind.size();
    for (const auto* list : {&row.depends_on, &row.paths})
        for (const std::string& text : *list) bytes += sizeof text + text.size();
    return bytes;
}

class ReplaySource final : public Source {
public:
    explicit ReplaySource(const Scenario& scenario) : scenario_(scenario), load_(*scenario.load.replay) {
        for (ProjectId p = 0; p < scenario.projects.size(); ++p) projects_[scenario.projects[p].name] = p;
        pipeline_ = load_.pipeline == kNone ? landing_pipeline(scenario) : load_.pipeline;
        origin_ = scenario.period.start_unix * kSecond;
        has_origin_ = scenario.period.has_start;
    }

    std::string start(Calendar& calendar, LoadDoor& door) override {
        calendar_ = &calendar;
        door_ = &door;
        LoadError error;
        const bool absolute =
            load_.file == "-" || (!load_.file.empty() && load_.file.front() == '/') || scenario_.folder.empty();
        reader_ = LoadFileReader::open(absolute ? load_.file : scenario_.folder + "/" + load_.file, error);
        if (!reader_) return error.text;
        needs_ = reader_->has("depends_on");
        schedule_next();
        return failure_;
    }

    std::string failure() const override { return failure_; }
    bool failed() const override { return !failure_.empty(); }

private:
    struct Due {
        Time at;
        std::uint64_t number;
        LoadRow row;
    };
    struct Later {
        bool operator()(const Due& a, const Due& b) const { return a.at != b.at ? a.at > b.at : a.number > b.number; }
    };

    Time moment(const LoadRow& row) const {
        switch (load_.from) {
            case EnqueueFrom::enqueued:
                return row.enqueued;
            case EnqueueFrom::uploaded:
                return row.uploaded;
            case EnqueueFrom::landed:
                return row.landed;
        }
        return kNever;
    }

    void read_ahead() {
        static constexpr const char* kColumns[] = {"enqueued", "uploaded", "landed"};
        while (reader_ && failure_.empty() && ahead_.size() < kReadAhead && ahead_bytes_ < kReadAheadBytes) {
            LoadRow row;
            LoadError error;
            if (!reader_->next(row, error)) {
                failure_ = error.text;
                reader_.reset();
                return;
            }
            if (!projects_.count(row.project)) {
                failure_ = reader_
                               ->complain(row, "project \"" + row.project +
                                                   "\" is not in the scenario; list it under /projects")
                               .text;
                return;
            }
            if (moment(row) == kNever) {
                failure_ =
                    reader_
                        ->complain(row, std::string("no time in column ") + kColumns[static_cast<int>(load_.from)] +
                                            ", from which the scenario takes the enqueue")
                        .text;
                return;
            }
            if (std::find(row.depends_on.begin(), row.depends_on.end(), row.change) != row.depends_on.end()) {
                failure_ = reader_->complain(row, "depends_on: " + row.change + " can not depend on itself").text;
                return;
            }
            if (!has_origin_) {
                origin_ = moment(row) + load_.shift;
                has_origin_ = true;
            }
            const Time at = std::max<Time>(0, moment(row) - origin_ + load_.shift);
            if (at < calendar_->now()) {
                failure_ =
                    reader_
                        ->complain(row,
                                   "this row belongs more than 65,536 rows (or 64 MiB) earlier; sort the file by time")
                        .text;
                return;
            }
            if (at > scenario_.period.length) continue;
            ahead_bytes_ += weight_of(row);
            ahead_.push({at, number_++, std::move(row)});
        }
    }

    void schedule_next() {
        read_ahead();
        if (ahead_.empty() || !failure_.empty()) return;
        calendar_->at(
            ahead_.top().at, Priority::deliver,
            [](void* self, std::uint64_t) { static_cast<ReplaySource*>(self)->arrive(); }, this);
    }

    void arrive() {
        const Time now = calendar_->now();
        while (!ahead_.empty() && ahead_.top().at == now) {
            const LoadRow row = ahead_.top().row;
            ahead_.pop();
            ahead_bytes_ -= weight_of(row);
            enqueue(row);
        }
        schedule_next();
    }

    void enqueue(const LoadRow& row) {
        const std::string name = row.id();
        const auto& changes = door_->cast().changes;
        if (const ChangeId* known = ids_.find(name, [&](ChangeId id) { return changes[id].name == name; })) {
            if (row.patchset > changes[*known].patchset)  // it returns
                return door_->new_patchset(*known, {pipeline_}, {});
            return door_->enqueue(*known, pipeline_, Why::came_back);
        }
        Change change;
        change.name = name;
        change.project = projects_.at(row.project);
        change.branch = row.branch;
        change.author = row.author;
        change.kind = row.kind;
        change.files = row.paths;
        change.files_known = !row.paths.empty();
        if (row.uploaded != kNever) change.uploaded = row.uploaded - origin_;
        if (row.landed != kNever) change.really_landed = row.landed - origin_;
        for (const std::string& needed : row.depends_on)
            if (const ChangeId* other = find_by_change(needed)) change.depends_on.push_back(*other);
        if (load_.link_series && !row.series.empty()) link(change, row);
        const ChangeId id = door_->introduce(std::move(change));
        ids_.insert(name, id);
        if (needs_) {
            if (ChangeId* older = find_by_change(row.change))
                *older = id;
            else
                by_change_.insert(row.change, id);
        }
        if (load_.link_series && !row.series.empty()) series_[row.series].push_back(id);
        door_->enqueue(id, pipeline_, Why::arrived);
    }

    /// The newest change with that text in the file's change column.
    ChangeId* find_by_change(std::string_view text) {
        return by_change_.find(text, [&](ChangeId id) { return change_column(id) == text; });
    }

    /// What the file's change column says of it: the middle of its name (see LoadRow::id).
    std::string_view change_column(ChangeId id) const {
        const Change& change = door_->cast().changes[id];
        const std::size_t before = scenario_.projects[change.project].name.size() + 1;
        return std::string_view(change.name).substr(before, change.name.size() - before - change.branch.size() - 1);
    }

    /// A change of a series stands on the one of its project and branch uploaded last before it.
    void link(Change& change, const LoadRow& row) const {
        const auto series = series_.find(row.series);
        if (series == series_.end()) return;
        const Change* best = nullptr;
        ChangeId best_id = kNone;
        for (ChangeId id : series->second) {
            const Change& other = door_->cast().changes[id];
            if (other.project != change.project || other.branch != change.branch || other.uploaded > change.uploaded)
                continue;
            if (!best || other.uploaded >= best->uploaded) {
                best = &other;
                best_id = id;
            }
        }
        if (best) change.git_parents.push_back(best_id);
    }

    const Scenario& scenario_;
    const ReplayLoad& load_;
    std::unordered_map<std::string, ProjectId> projects_;
    PipelineId pipeline_ = 0;
    Time origin_ = 0;
    bool has_origin_ = false;
    Calendar* calendar_ = nullptr;
    LoadDoor* door_ = nullptr;
    std::unique_ptr<LoadFileReader> reader_;
    std::priority_queue<Due, std::vector<Due>, Later> ahead_;
    std::uint64_t number_ = 0;
    std::string failure_;
    std::size_t ahead_bytes_ = 0;
    bool needs_ = false;  // some row may name others it needs
    IdTable ids_;         // by name
    IdTable by_change_;   // by the file's change column, for depends_on
    std::unordered_map<std::string, std::vector<ChangeId>> series_;
};

}  // namespace

std::unique_ptr<Source> make_replay_source(const Scenario& scenario) {
    return std::make_unique<ReplaySource>(scenario);
}

}  // namespace gatesim
