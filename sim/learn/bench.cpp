#include "learn/bench.hpp"

#include <algorithm>

#include "learn/reader.hpp"
#include "measure/metric.hpp"

namespace gatesim::learn {

namespace {

/// Replications of each cell of a sweep for an optimum.
constexpr std::uint32_t kSweepRuns = 8;

std::optional<double> mean_of(const Series& series) {
    double sum = 0;
    std::size_t n = 0;
    for (const auto& v : series) {
        if (!v) continue;
        sum += *v;
        ++n;
    }
    if (n == 0) return std::nullopt;
    return sum / static_cast<double>(n);
}

std::string best_id(const std::string& name) {
    std::string id = name.substr(5);
    if (id.ends_with(".at")) id.resize(id.size() - 3);
    return id;
}

}  // namespace

void Bench::want(const Expression& expression) {
    for (const std::string& name : expression.names()) want_name(name);
}

void Bench::want_name(const std::string& name) {
    if (constants_.count(name)) return;
    if (const Alias* alias = stage_.lesson().find_alias(name)) {
        constants_[name] = stage_.alias(*alias, options_.between);
    } else if (name.starts_with("answer.")) {
        const auto& answers = stage_.learner().answers;
        const auto it = answers.find(name.substr(7));
        constants_[name] = it == answers.end() ? Value{} : it->second;
    } else if (name.starts_with("lever.")) {
        constants_[name] = stage_.lever(name.substr(6));
    } else if (name.starts_with("best.")) {
        bests_.insert(best_id(name));
    } else if (const auto found = case_metric(name)) {
        (found->warmup ? warmups_ : bases_).insert(found->base);
    }
}

std::size_t Bench::arm_of(const Staged& staged, const std::string& label) {
    for (std::size_t i = 0; i < arms_.size(); ++i)
        if (arms_[i].scenario.sha256 == staged.scenario.sha256) return i;
    arms_.push_back({label, staged.scenario});
    return arms_.size() - 1;
}

GridOptions Bench::grid_options() const {
    GridOptions out;
    out.seed = options_.seed;
    out.engine = "heap";
    out.jobs = options_.jobs;
    out.looks = options_.looks;
    out.warmup = stage_.lesson().warmup;
    out.progress = options_.progress;
    return out;
}

bool Bench::fine(const GridResult& result) {
    problem_ = result.problem;
    interrupted_ = result.interrupted;
    return problem_.text.empty() && !interrupted_;
}

Series Bench::goal_of(const Best& best, std::size_t arm, const std::vector<std::vector<ReplicationRecord>>& records,
                      const Expression& expression) const {
    Series out;
    const std::string base = best.base.empty() ? "learner" : best.base;
    for (const ReplicationRecord& record : records[arm]) {
        const Value v = expression.value([&](const std::string& name) -> Value {
            const auto found = case_metric(name);
            if (found && !found->warmup && (found->base == "learner" || found->base == base)) {
                const auto& value = record.values[found->metric];
                return value ? Value::of(*value) : Value{};
            }
            const auto known = constants_.find(name);
            return known == constants_.end() ? Value{} : known->second;
        });
        out.push_back(v.number);
    }
    return out;
}

/// Every combination of the values of `over`, the last running fastest.
static std::vector<std::vector<std::string>> cells_of(const Best& best) {
    std::vector<std::vector<std::string>> cells = {{}};
    for (const Axis& axis : best.over) {
        std::vector<std::vector<std::string>> next;
        for (const auto& cell : cells)
            for (const document::Node& value : axis.values) {
                next.push_back(cell);
                next.back().push_back(set_text(axis.pointer, value));
            }
        cells = std::move(next);
    }
    return cells;
}

bool Bench::find_best(const Best& best) {
    const auto cells = cells_of(best);
    std::vector<Arm> arms;
    std::vector<const Staged*> staged;
    for (const auto& cell : cells) {
        std::vector<std::string> sets = options_.between;
        sets.insert(sets.end(), cell.begin(), cell.end());
        staged.push_back(best.base.empty() ? stage_.bare(sets) : stage_.get(best.base, sets));
        if (!staged.back()) return false;
        arms.push_back({best.id, staged.back()->scenario});
    }
    for (const Expression& keep : best.keep) want(keep);
    GridOptions how = grid_options();
    how.looks = {kSweepRuns};
    const GridResult result = run_grid(arms, how, *options_.journal, [](const GridResult&) { return true; });
    if (!fine(result)) return false;
    const auto& records = result.records;
    std::optional<std::size_t> winner;
    double top = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const bool kept = std::all_of(best.keep.begin(), best.keep.end(), [&](const Expression& keep) {
            const auto share = mean_of(goal_of(best, i, records, keep));
            return share && *share >= 0.5;
        });
        const auto goal = mean_of(goal_of(best, i, records, *best.goal));
        if (!kept || !goal) continue;
        const double merit = best.most ? *goal : -*goal;
        if (!winner || merit > top) {
            winner = i;
            top = merit;
        }
    }
    if (!winner) {
        problem_ = {"no cell of the sweep \"" + best.id + "\" keeps its conditions", 2, 0};
        return false;
    }
    const std::size_t last = best.over.empty() ? 1 : cells.size() / best.over.front().values.size();
    const Axis& axis = best.over.front();
    sweeps_[best.id] = {arm_of(*staged[*winner], "best." + best.id), {}};
    const document::Node& value = axis.values[*winner / last];
    document::Node holder;
    holder.kind = document::Node::Kind::object;
    holder.members.push_back({"at", {}, value});
    sweeps_[best.id].at = value_at(holder, "/at");
    return true;
}

bool Bench::find_warmup_of(const std::string& base) {
    const Staged* staged = stage_.get(base, options_.between);
    if (!staged) return false;
    GridOptions how = grid_options();
    how.warmup.reset();
    const Warmup found = find_warmup(staged->scenario, how, problem_);
    constants_[base + ":warmup_s"] = Value::of(seconds(found.length));
    return problem_.text.empty();
}

bool Bench::make_arms() {
    for (const std::string& base : bases_) {
        const Staged* staged = stage_.get(base, options_.between);
        if (!staged) return false;
        arm_by_base_[base] = arm_of(*staged, base);
    }
    for (const std::string& id : bests_)
        if (!sweeps_.count(id) && !find_best(*stage_.lesson().find_best(id))) return false;
    for (const std::string& base : warmups_)
        if (!find_warmup_of(base)) return false;
    return stage_.problems().empty();
}

std::set<std::size_t> Bench::arms_of(const Expression& expression) const {
    std::set<std::size_t> out;
    for (const std::string& name : expression.names()) {
        if (constants_.count(name)) continue;
        if (name.starts_with("best.")) {
            const auto sweep = sweeps_.find(best_id(name));
            if (sweep != sweeps_.end() && !name.ends_with(".at")) out.insert(sweep->second.arm);
            continue;
        }
        const auto found = case_metric(name);
        const auto arm = found ? arm_by_base_.find(found->base) : arm_by_base_.end();
        if (arm != arm_by_base_.end()) out.insert(arm->second);
    }
    return out;
}

bool Bench::run_look(std::uint32_t count, const std::set<std::size_t>& arms) {
    std::vector<Arm> chosen;
    for (const std::size_t arm : arms) chosen.push_back(arms_[arm]);
    GridOptions how = grid_options();
    how.looks = {count};
    if (warmup_) how.warmup = warmup_;
    GridResult result = run_grid(chosen, how, *options_.journal, [](const GridResult&) { return true; });
    if (!fine(result)) return false;
    warmup_ = result.warmup.length;
    std::size_t i = 0;
    for (const std::size_t arm : arms) records_[arm] = std::move(result.records[i++]);
    return true;
}

bool Bench::run(const std::function<Undecided()>& undecided) {
    if (!make_arms()) return false;
    records_.assign(arms_.size(), {});
    std::set<std::size_t> needed;
    for (std::size_t arm = 0; arm < arms_.size(); ++arm) needed.insert(arm);
    for (const std::uint32_t count : options_.looks) {
        if (!needed.empty() && !run_look(count, needed)) return false;
        const Undecided open = undecided();
        needed.clear();
        for (const Expression* expression : open) needed.merge(arms_of(*expression));
        if (needed.empty()) break;
    }
    return true;
}

std::size_t Bench::replications(const Undecided& expressions) const {
    std::optional<std::size_t> least;
    for (const Expression* expression : expressions)
        for (const std::size_t arm : arms_of(*expression)) {
            const std::size_t size = arm < records_.size() ? records_[arm].size() : 0;
            least = std::min(least.value_or(size), size);
        }
    return least.value_or(1);
}

Value Bench::metric(std::size_t arm, std::size_t index, std::optional<std::size_t> replication) const {
    if (arm >= records_.size()) return {};
    if (replication) {
        if (*replication >= records_[arm].size()) return {};
        const auto& value = records_[arm][*replication].values[index];
        return value ? Value::of(*value) : Value{};
    }
    Series all;
    for (const ReplicationRecord& r : records_[arm]) all.push_back(r.values[index]);
    const auto mean = mean_of(all);
    return mean ? Value::of(*mean) : Value{};
}

Value Bench::value(const std::string& name, std::optional<std::size_t> replication) const {
    const auto known = constants_.find(name);
    if (known != constants_.end()) return known->second;
    if (name.starts_with("best.")) {
        const auto sweep = sweeps_.find(best_id(name));
        if (sweep == sweeps_.end()) return {};
        if (name.ends_with(".at")) return sweep->second.at;
        const Best& best = *stage_.lesson().find_best(sweep->first);
        const Series all = goal_of(best, sweep->second.arm, records_, *best.goal);
        const auto out = !replication ? mean_of(all) : *replication < all.size() ? all[*replication] : std::nullopt;
        return out ? Value::of(*out) : Value{};
    }
    const auto found = case_metric(name);
    const auto arm = found ? arm_by_base_.find(found->base) : arm_by_base_.end();
    return arm == arm_by_base_.end() ? Value{} : metric(arm->second, found->metric, replication);
}

Series Bench::series(const Expression& expression, std::size_t count) const {
    Series out;
    for (std::size_t r = 0; r < count; ++r)
        out.push_back(expression.value([&](const std::string& name) { return value(name, r); }).number);
    return out;
}

Value Bench::value_of_means(const Expression& expression) const {
    return expression.value([&](const std::string& name) { return value(name, std::nullopt); });
}

bool Bench::overloaded() const {
    const auto arm = arm_by_base_.find("learner");
    if (arm == arm_by_base_.end() || arm->second >= records_.size()) return false;
    const auto& records = records_[arm->second];
    const auto grew = std::count_if(records.begin(), records.end(), [](const auto& r) { return r.overloaded; });
    return 2 * static_cast<std::size_t>(grew) > records.size();
}

}  // namespace gatesim::learn
