#include "strategy/exec/protocol.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace gatesim::exec {

namespace {

using Json = nlohmann::ordered_json;

std::vector<std::string> granted(const Relaxations& relaxations) {
    std::vector<std::string> names;
    if (relaxations.untested) names.emplace_back("untested");
    if (relaxations.stale_base) names.emplace_back("stale_base");
    if (relaxations.independence) names.emplace_back("independence");
    if (relaxations.reorders) names.emplace_back("reorders");
    if (relaxations.signals) names.emplace_back("signals");
    return names;
}

/// Items of the queue that have to stand before this one, or land: what it needs has landed otherwise. `blocked`: that
/// would not be enough.
std::vector<Item*> needs_in_queue(const Gate& gate, const Queue& queue, const Item& item, bool& blocked) {
    const Change& change = gate.change(item);
    std::vector<Item*> needs;
    for (const auto* list : {&change.git_parents, &change.depends_on})
        for (const ChangeId need : *list)
            if (Item* other = gate.find(queue, need);
                other && std::find(needs.begin(), needs.end(), other) == needs.end())
                needs.push_back(other);
    blocked = !gate.may_follow(needs, item);
    for (std::size_t i = 0; i < needs.size() && !blocked;) {  // one that landed and came back with a new patch set
        std::vector<Item*> others = needs;
        others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
        if (gate.may_follow(others, item))
            needs.swap(others);
        else
            ++i;
    }
    return needs;
}

std::string line_of(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string quoted(const std::string& text) {
    const bool plain =
        std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < 0x7f && c != '"' && c != '\\'; });
    return plain ? '"' + text + '"' : line_of(text);
}

/// Items are most of every line, and lines are most of what a program costs: so they are written, not built as a tree.
std::string item_text(const Gate& gate, const Queue& queue, const Item& item) {
    const Change& change = gate.change(item);
    std::string out = "{\"id\":" + std::to_string(item.id) + ",\"change\":" + quoted(change.name) +
                      ",\"patchset\":" + std::to_string(item.patchset) +
                      ",\"project\":" + quoted(gate.scenario().projects[change.project].name);
    if (!change.author.empty()) out += ",\"author\":" + quoted(change.author);
    if (change.priority != 0) out += ",\"priority\":" + std::to_string(change.priority);
    if (change.single) out += ",\"single\":true";
    out += ",\"needs\":[";
    bool blocked = false, first = true;
    for (const Item* need : needs_in_queue(gate, queue, item, blocked)) {
        out += (first ? "" : ",") + std::to_string(need->id);
        first = false;
    }
    out += ']';
    if (blocked) out += ",\"blocked\":true";
    if (item.passed) out += ",\"passed\":true";
    if (change.footprint.everything)
        out += ",\"touches\":\"everything\"";
    else if (change.footprint.known)
        out += ",\"touches\":" + line_of(change.footprint.targets);
    if (const Foresight* foresight = gate.foresight(queue)) {
        out += ",\"passes\":" + line_of(foresight->passes(item.change));
        out += ",\"build_time_s\":" + line_of(seconds(foresight->build_time(item.change).mean));
    }
    return out + '}';
}

Json verdict_json(const Gate& gate, const Item& trial) {
    if (!gate.complete(trial)) return nullptr;
    if (trial.attempt.config_error) return "configuration";
    if (trial.attempt.merge == MergeState::conflict) return "conflict";
    if (gate.all_succeeded(trial)) return "passed";
    return gate.failed_for_good(trial) ? "failed" : "no_jobs";
}

Json trial_json(const Gate& gate, const NamedTrial& named, bool untested) {
    const Item& trial = *named.trial;
    Json chain = Json::array();
    for (const ItemId part : gate.rest_of(trial))
        if (gate.item(part)) chain.push_back(part);
    Json failed = Json::array();
    for (std::size_t i = 0; i < trial.attempt.slots.size(); ++i) {
        const Job& job = *trial.attempt.graph->jobs[i];
        if (job.voting && is_red(trial.attempt.slots[i].result)) failed.push_back(gate.scenario().job_names[job.id]);
    }
    Json out{{"trial", named.name},
             {"chain", std::move(chain)},
             {"members", *trial.members},
             {"verdict", verdict_json(gate, trial)},
             {"failed", std::move(failed)}};
    if (trial.probe) out["probe"] = true;
    if (untested && trial.attempt.merge == MergeState::clean) out["merged"] = true;
    return out;
}

/// The end of the branch: the latest landings, and what was undone.
Json branch_json(const Gate& gate, const Queue& queue, std::size_t most) {
    const Landings& landings = gate.landings();
    const auto order = landings.order();
    Json last = Json::array();
    for (std::size_t place = order.size() - std::min(most, order.size()); place < order.size(); ++place) {
        const ChangeId change = order[place];
        Json one{{"change", gate.change(change).name}};
        if (const auto* undone = landings.undone_at(static_cast<Landings::Mark>(place)))
            one["undone"] = undone->how == Landings::Undo::reverted ? "reverted" : "repaired";
        else if (std::find(queue.landed.rbegin(), queue.landed.rend(), change) == queue.landed.rend())
            one["elsewhere"] = true;
        last.push_back(std::move(one));
    }
    return {{"length", landings.mark()}, {"last", std::move(last)}};
}

}  // namespace

std::string hello_line(const Gate& gate, const Queue& queue, const Relaxations& permitted) {
    const Scenario& scenario = gate.scenario();
    Json projects = Json::array();
    for (const Project& project : scenario.projects) projects.push_back(project.name);
    const Json out{{"hello",
                    {{"protocol", kProtocol},
                     {"scenario", scenario.name},
                     {"pipeline", gate.pipeline(queue).name},
                     {"projects", std::move(projects)},
                     {"jobs", scenario.job_names},
                     {"permitted", granted(permitted)}}}};
    return line_of(out);
}

std::string pass_line(const Gate& gate, const Queue& queue, const std::vector<NamedTrial>& trials,
                      const std::vector<std::uint64_t>& rung, const Ready& ready, const Relaxations& permitted) {
    std::string items;
    std::size_t shown = 0;
    for (const Item* item = queue.first; item && (ready.view == 0 || shown < ready.view); item = item->next) {
        if (!item->live) continue;
        items += (shown > 0 ? "," : "") + item_text(gate, queue, *item);
        ++shown;
    }
    Json open = Json::array();
    for (const NamedTrial& named : trials) open.push_back(trial_json(gate, named, permitted.untested));
    std::string out = "{\"queue\":" + std::to_string(queue.id) + ",\"name\":" + quoted(queue.name) +
                      ",\"length\":" + std::to_string(queue.length) + ",\"items\":[" + items +
                      "],\"trials\":" + line_of(open) + ",\"rung\":" + line_of(rung);
    if (gate.frozen(queue)) out += ",\"frozen\":true";
    if (gate.paused(queue)) out += ",\"paused\":true";
    if (ready.history > 0) out += ",\"branch\":" + line_of(branch_json(gate, queue, ready.history));
    return out + "}";
}

}  // namespace gatesim::exec
