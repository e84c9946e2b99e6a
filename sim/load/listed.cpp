// Listed changes and scripted events: everything is written down. Events may also name changes that others bring.
#include <algorithm>
#include <map>
#include <string_view>

#include "load/source.hpp"

namespace gatesim {
namespace {

/// As the scenario writes it.
std::string_view word_of(ScriptedEventKind kind) {
    static constexpr std::string_view kWords[] = {"enqueue", "approve", "abandon",      "merge",     "new_patchset",
                                                  "dequeue", "promote", "set_priority", "set_single"};
    return kWords[static_cast<std::size_t>(kind)];
}

class ListedSource final : public Source {
public:
    explicit ListedSource(const Scenario& scenario) : scenario_(scenario), load_(*scenario.load.listed) {}

    std::string start(Calendar& calendar, LoadDoor& door) override {
        calendar_ = &calendar;
        door_ = &door;
        introduce_all();
        // In the order written: coinciding events keep it.
        for (std::uint32_t i = 0; i < load_.changes.size(); ++i) {
            const ListedChange& listed = load_.changes[i];
            if (listed.presubmits_at) schedule(*listed.presubmits_at, {Step::Kind::presubmits, i, 0});
            if (listed.approved_at) schedule(*listed.approved_at, {Step::Kind::approve, i, 0});
            for (std::uint32_t e = 0; e < listed.enqueue_at.size(); ++e)
                schedule(listed.enqueue_at[e].second, {Step::Kind::enqueue, i, e});
        }
        for (std::uint32_t i = 0; i < load_.events.size(); ++i) schedule(load_.events[i].at, {Step::Kind::event, i, 0});
        return {};
    }

    MissedEvents missed() const override { return missed_; }

private:
    struct Step {
        enum class Kind : std::uint8_t { presubmits, approve, enqueue, event } kind;
        std::uint32_t index;
        std::uint32_t part;
    };

    void introduce_all() {
        for (std::uint32_t i = 0; i < load_.changes.size(); ++i) ids_[load_.changes[i].id] = i;
        for (std::uint32_t i = 0; i < load_.changes.size(); ++i) {
            const ListedChange& listed = load_.changes[i];
            Change change;
            change.name = listed.id;
            change.project = listed.project;
            change.branch = listed.branch;
            change.author = listed.author;
            change.kind = listed.kind;
            change.files = listed.files;
            change.files_known = true;
            change.listed = i;
            change.priority = listed.priority;
            change.single = listed.single;
            change.jumps = listed.jumps;
            for (const auto& [pipeline, at] : listed.enqueue_at) change.written = std::min(change.written, at);
            for (const std::string& parent : listed.git_depends_on) change.git_parents.push_back(ids_.at(parent));
            for (const std::string& needed : listed.depends_on) {
                std::vector<ChangeId>& needs = change.depends_on;
                const ChangeId id = ids_.at(needed);
                if (std::find(needs.begin(), needs.end(), id) == needs.end()) needs.push_back(id);
            }
            door_->introduce(std::move(change));  // its id is i: nothing else introduces changes
        }
    }

    void schedule(Time at, Step step) {
        const std::uint64_t number = steps_.size();
        steps_.push_back(step);
        calendar_->at(
            at, Priority::deliver, [](void* self, std::uint64_t n) { static_cast<ListedSource*>(self)->act(n); }, this,
            number);
    }

    void act(std::uint64_t number) {
        const Step step = steps_[number];
        if (step.kind == Step::Kind::presubmits) return door_->presubmits_passed(step.index);
        if (step.kind == Step::Kind::approve) {  // of its first patch set
            if (door_->cast().changes[step.index].patchset == 1) approve(step.index);
            return;
        }
        if (step.kind == Step::Kind::enqueue)
            return door_->enqueue(step.index, load_.changes[step.index].enqueue_at[step.part].first, Why::arrived,
                                  asking_approves(step.index) ? Approves::where_it_lands : Approves::never);
        const ScriptedEvent& event = load_.events[step.index];
        const PipelineId pipeline = event.pipeline == kNone ? landing_pipeline(scenario_) : event.pipeline;
        std::vector<ChangeId> changes;
        for (const std::string& name : event.changes)
            if (const auto change = find(name))
                changes.push_back(*change);
            else
                miss(event, name);
        if (changes.empty()) return;
        switch (event.kind) {
            case ScriptedEventKind::enqueue:
                return door_->enqueue(changes[0], pipeline, event.of_patchset ? Why::new_patchset : Why::arrived,
                                      Approves::always);
            case ScriptedEventKind::approve:
                return door_->approve(changes[0]);
            case ScriptedEventKind::abandon:
                return door_->abandon(changes[0]);
            case ScriptedEventKind::merge:
                return door_->merge_outside(changes[0]);
            case ScriptedEventKind::new_patchset:
                return door_->new_patchset(changes[0], event,
                                           {event.keeps_approval, event.rebased, asking_approves(changes[0])});
            case ScriptedEventKind::dequeue:
                return door_->dequeue(changes[0], pipeline);
            case ScriptedEventKind::promote:
                return door_->promote(changes, pipeline);
            case ScriptedEventKind::set_priority:
                return door_->set_priority(changes[0], event.priority);
            case ScriptedEventKind::set_single:
                return door_->set_single(changes[0], event.single);
        }
    }

    /// A listed change, or one of that name that has come by now.
    std::optional<ChangeId> find(const std::string& name) {
        const auto& changes = door_->cast().changes;
        if (scenario_.load.has_stream())
            for (; looked_at_ < changes.size(); ++looked_at_)
                ids_.try_emplace(changes[looked_at_].name, static_cast<ChangeId>(looked_at_));
        const auto found = ids_.find(name);
        return found == ids_.end() ? std::nullopt : std::optional(found->second);
    }

    void miss(const ScriptedEvent& event, const std::string& change) {
        if (missed_.count++ == 0) missed_.first = std::string(word_of(event.kind)) + " of " + change;
    }

    /// Who asked before was not let in, and asks once more now, where that is heard.
    void approve(std::uint32_t index) {
        const ListedChange& listed = load_.changes[index];
        door_->approve(index);
        for (const auto& [pipeline, at] : listed.enqueue_at)
            if (at < *listed.approved_at && door_->lets_in_on_approval(pipeline))
                door_->enqueue(index, pipeline, Why::arrived, Approves::never);
    }

    /// Where it is said when a change is approved, asking for it says nothing.
    bool asking_approves(ChangeId change) const {
        return change >= load_.changes.size() || !load_.changes[change].approved_at;
    }

    const Scenario& scenario_;
    const ListedLoad& load_;
    Calendar* calendar_ = nullptr;
    LoadDoor* door_ = nullptr;
    std::map<std::string, ChangeId> ids_;
    std::size_t looked_at_ = 0;  // changes of the cast that are among the ids
    MissedEvents missed_;
    std::vector<Step> steps_;
};

}  // namespace

std::unique_ptr<Source> make_listed_source(const Scenario& scenario) {
    return std::make_unique<ListedSource>(scenario);
}

}  // namespace gatesim
