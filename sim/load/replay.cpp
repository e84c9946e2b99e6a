// Changes replayed from a load file: one row is one enqueue.
#include <string_view>
#include <unordered_map>

#include "load/id_table.hpp"
#include "load/row_queue.hpp"
#include "load/source.hpp"

namespace gatesim {
namespace {

class ReplaySource final : public Source {
public:
    explicit ReplaySource(const Scenario& scenario)
        : scenario_(scenario), load_(*scenario.load.replay), queue_(scenario) {
        pipeline_ = load_.pipeline == kNone ? landing_pipeline(scenario) : load_.pipeline;
    }

    std::string start(Calendar& calendar, LoadDoor& door) override {
        calendar_ = &calendar;
        door_ = &door;
        queue_.open();
        needs_ = queue_.has("depends_on");
        schedule_next();
        return failure();
    }

    /// Where changes are: told by the gate, and by what is asked of it in this instant.
    void hear(const Event& event) override {
        if (event.change == kNone || event.change >= places_.size()) return;
        Place& place = places_[event.change];
        switch (event.kind) {
            case EventKind::landed:
                place = Place::landed;
                break;
            case EventKind::reverted:
                place = Place::outside;
                break;
            case EventKind::enqueued:
                if (event.pipeline == pipeline_) place = Place::in_gate;
                break;
            case EventKind::dequeued:
            case EventKind::refused:
                if (event.pipeline == pipeline_ && place == Place::in_gate) place = Place::outside;
                break;
            default:
                break;
        }
    }

    std::string failure() const override { return queue_.failure(); }
    bool failed() const override { return !queue_.failure().empty(); }
    std::optional<LoadRows> rows() const override { return queue_.rows; }

private:
    enum class Place : std::uint8_t { outside, in_gate, landed };

    void schedule_next() {
        const Time due = queue_.due(calendar_->now());
        if (due == kNever) return;
        calendar_->at(
            due, Priority::deliver, [](void* self, std::uint64_t) { static_cast<ReplaySource*>(self)->arrive(); },
            this);
    }

    void arrive() {
        while (queue_.next() == calendar_->now()) enqueue(queue_.take());
        schedule_next();
    }

    void enqueue(const LoadRow& row) {
        std::string name = row.id();
        const auto& changes = door_->cast().changes;
        if (load_.stays_apart) name = name_of_stay(row);
        if (const ChangeId* known = ids_.find(name, [&](ChangeId id) { return changes[id].name == name; })) {
            if (row.patchset > changes[*known].patchset)  // it returns
                return door_->new_patchset(*known, std::vector{pipeline_});
            Place& place = places_[*known];
            queue_.rows.in_gate += place == Place::in_gate ? 1 : 0;
            queue_.rows.landed += place == Place::landed ? 1 : 0;
            if (place == Place::outside) place = Place::in_gate;
            return door_->enqueue(*known, pipeline_, Why::came_back);
        }
        Change change;
        change.name = name;
        change.project = queue_.project(row.project);
        change.branch = row.branch;
        change.author = row.author;
        change.kind = row.kind;
        change.priority = row.priority;
        change.jumps = row.jumps;
        change.single = row.solo;
        if (load_.stays_apart && row.entry > 0) change.stay = static_cast<std::uint32_t>(row.entry);
        change.files = row.paths;
        change.files_known = !row.paths.empty();
        if (row.uploaded != kNever) change.uploaded = row.uploaded - queue_.origin();
        if (row.landed != kNever) change.really_landed = row.landed - queue_.origin();
        for (const std::string& needed : row.depends_on)
            if (const ChangeId* other = find_by_change(needed)) change.depends_on.push_back(*other);
        if (load_.link_series && !row.series.empty()) link(change, row);
        const ChangeId id = door_->introduce(std::move(change));
        ids_.insert(name, id);
        if (places_.size() <= id) places_.resize(id + std::size_t{1}, Place::outside);
        places_[id] = Place::in_gate;
        if (needs_) {
            if (ChangeId* older = find_by_change(row.change))
                *older = id;
            else
                by_change_.insert(row.change, id);
        }
        if (load_.link_series && !row.series.empty()) series_[row.series].push_back(id);
        door_->enqueue(id, pipeline_, Why::arrived);
    }

    /// "project/change~28/branch": with the number of its stay, or of a load file that has none, the how manieth it is.
    std::string name_of_stay(LoadRow row) {
        const std::int64_t number = row.entry > 0 ? row.entry : ++stays_[row.id()];
        row.change += "~" + std::to_string(number);
        return row.id();
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
    RowQueue queue_;
    PipelineId pipeline_ = 0;
    Calendar* calendar_ = nullptr;
    LoadDoor* door_ = nullptr;
    std::vector<Place> places_;  // by change
    bool needs_ = false;         // some row may name others it needs
    IdTable ids_;                // by name
    IdTable by_change_;          // by the file's change column, for depends_on
    std::unordered_map<std::string, std::vector<ChangeId>> series_;
    std::unordered_map<std::string, std::int64_t> stays_;  // by change, with stays_apart
};

}  // namespace

std::unique_ptr<Source> make_replay_source(const Scenario& scenario) {
    return std::make_unique<ReplaySource>(scenario);
}

}  // namespace gatesim
