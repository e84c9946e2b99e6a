#include "study/verify/verify.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "study/interrupt.hpp"
#include "study/little.hpp"
#include "study/process_pool.hpp"
#include "study/replication.hpp"

namespace gatesim {

namespace {

using Json = nlohmann::json;

constexpr int kStages = 4;
constexpr std::size_t kMostInAProcess = 32;

/// One replication of one entry: what a worker says of it, as a line of JSON. `task` is its number for the parent.
std::string work(const ClosedForm& form, const VerifyOptions& options, std::size_t task, std::uint32_t replication) {
    const Scenario scenario = form.pieces > 0 ? form.piece(replication - 1) : form.scenario();
    const std::unique_ptr<Gauge> gauge = form.pieces > 0 ? form.piece_gauge(replication - 1) : form.gauge();
    Stations stations;
    Cast cast;
    ReplicationOptions how;
    how.seed = options.seed;
    how.replication = form.one_luck ? 1 : replication;
    how.until = form.until;
    how.engine = options.engine;
    how.source = form.source_of_changes;
    how.stop = [] { return InterruptGuard::count() > 0; };
    const ReplicationResult result = run_replication(scenario, how, cast, {gauge.get(), &stations});
    Json out;
    out["task"] = task;
    out["events"] = result.events;
    out["broken"] = !result.broken.empty();
    out["trouble"] = !result.broken.empty()       ? result.broken
                     : !result.unreadable.empty() ? result.unreadable
                                                  : gauge->fault();
    for (const Share& s : gauge->read()) out["shares"].push_back({s.over, s.under});
    std::uint64_t visits = 0, used = 0;
    std::string fault;
    for (const Station* station : stations.all()) {
        visits += station->visits();
        used += station->visits() > 0 ? 1 : 0;
        if (fault.empty()) fault = station->fault();
    }
    out["stations"] = used;
    out["visits"] = visits;
    out["fault"] = fault;
    return out.dump();
}

/// What is known of one entry.
struct Known {
    std::vector<std::vector<Share>> shares;  ///< by replication, then quantity
    std::uint32_t planned = 0;

    std::vector<Share> of(std::size_t quantity) const {
        std::vector<Share> out;
        for (const auto& replication : shares) out.push_back(replication[quantity]);
        return out;
    }
};

/// Replications after which the least known quantity of the entry should be known well enough.
std::uint32_t needed(const ClosedForm& form, const Known& known, const VerifyOptions& options) {
    if (form.pieces > 0) return known.planned;
    double times = 0;
    for (std::size_t q = 0; q < form.quantities.size(); ++q) {
        const Quantity& quantity = form.quantities[q];
        const double aim = options.precision * quantity.tolerance * std::abs(quantity.theory);
        const double now = measured(known.of(q)).standard_error;
        times = std::max(times, now * now / (aim * aim));
    }
    if (times <= 1) return known.planned;
    const double wanted = std::ceil(static_cast<double>(known.planned) * times * 1.05) + 1;
    return static_cast<std::uint32_t>(std::min<double>(wanted, std::max(options.most, known.planned)));
}

/// The stages of a verification: each a set of replications that runs in processes.
class Stages {
public:
    Stages(const std::vector<ClosedForm>& forms, const VerifyOptions& options, VerifyResult& result)
        : forms_(forms), options_(options), result_(result), known_(forms.size()) {}

    /// Runs one stage; false if nothing is left to do.
    bool run(bool first) {
        tasks_.clear();
        for (std::size_t f = 0; f < forms_.size(); ++f) {
            Known& known = known_[f];
            const std::uint32_t to = !first                 ? needed(forms_[f], known, options_)
                                     : forms_[f].pieces > 0 ? forms_[f].pieces
                                                            : std::min(options_.first, options_.most);
            for (; known.planned < to; ++known.planned) tasks_.push_back({f, known.planned});
            known.shares.resize(known.planned);
        }
        planned_ += static_cast<std::uint32_t>(tasks_.size());
        if (tasks_.empty()) return false;
        const std::size_t batch = batch_size();
        const auto batches = static_cast<std::uint32_t>((tasks_.size() + batch - 1) / batch);
        PoolTask task;
        task.work = [&](std::uint32_t b, const auto& say) {
            for (std::size_t t = b * batch; t < std::min(tasks_.size(), (b + 1) * batch); ++t)
                say(work(forms_[tasks_[t].form], options_, t, tasks_[t].replication + 1));
        };
        task.hear = [&](std::uint32_t, const std::string& line) {
            const Json said = Json::parse(line);
            hear(tasks_[said.at("task").get<std::size_t>()], said);
        };
        task.ended = [&](std::uint32_t b, const std::string& problem) {
            if (problem.empty() || InterruptGuard::count() > 0) return;
            set_problem(tasks_[b * batch], problem, 4);
        };
        task.tick = [&] {
            if (options_.progress) options_.progress(static_cast<std::uint32_t>(result_.replications), planned_);
        };
        task.enough = [&] { return !result_.problem.text.empty(); };
        result_.interrupted |= run_in_processes(batches, options_.jobs, task).interrupted;
        return !result_.interrupted && result_.problem.text.empty();
    }

    void report() {
        for (std::size_t f = 0; f < forms_.size(); ++f) {
            Known& known = known_[f];  // after an interrupt: without those that did not finish
            std::erase_if(known.shares, [](const auto& replication) { return replication.empty(); });
            if (known.shares.empty()) continue;
            for (std::size_t q = 0; q < forms_[f].quantities.size(); ++q) {
                Finding finding{&forms_[f], &forms_[f].quantities[q], measured(known.of(q)), Agreement::too_noisy};
                const double theory = finding.quantity->theory;
                if (forms_[f].pieces > 0) {  // exact, if it is whole
                    const double mean = known.shares.size() == forms_[f].pieces ? finding.measured.mean : NAN;
                    finding.measured = {mean, 0, mean, mean, known.shares.size()};
                }
                finding.agreement = judge(theory, finding.quantity->tolerance * std::abs(theory), finding.measured.mean,
                                          finding.measured.standard_error);
                result_.findings.push_back(finding);
            }
        }
    }

private:
    struct Task {
        std::size_t form;
        std::uint32_t replication;  ///< from 0
    };

    /// Replications a process: many short ones in one, because a process and its fresh memory cost as much as some of
    /// them; but few enough that all processors have work to the end, and that a progress bar moves.
    std::size_t batch_size() const {
        if (options_.engine != "heap") return 1;  // SimGrid's engine runs once a process
        return std::clamp<std::size_t>(tasks_.size() / (16 * std::max(1u, options_.jobs)), 1, kMostInAProcess);
    }

    void set_problem(const Task& task, const std::string& text, int exit_code) {
        const ClosedForm& form = forms_[task.form];
        if (result_.problem.text.empty())
            result_.problem = {form.id + ", " + form.where + ": " + text, exit_code, task.replication + 1};
    }

    void hear(const Task& task, const Json& said) {
        if (InterruptGuard::count() > 0) return;  // it may have been cut
        if (const auto trouble = said.at("trouble").get<std::string>(); !trouble.empty())
            return set_problem(task, trouble, said.at("broken").get<bool>() ? 3 : 4);
        std::vector<Share>& shares = known_[task.form].shares[task.replication];
        for (const Json& s : said.at("shares")) shares.push_back({s.at(0).get<double>(), s.at(1).get<double>()});
        ++result_.replications;
        result_.events += said.at("events").get<std::uint64_t>();
        result_.little.stations += said.at("stations").get<std::uint64_t>();
        result_.little.visits += said.at("visits").get<std::uint64_t>();
        if (const auto fault = said.at("fault").get<std::string>(); !fault.empty() && result_.little.fault.empty())
            result_.little.fault = forms_[task.form].id + ", " + forms_[task.form].where + ": " + fault;
    }

    const std::vector<ClosedForm>& forms_;
    const VerifyOptions& options_;
    VerifyResult& result_;
    std::vector<Known> known_;
    std::vector<Task> tasks_;
    std::uint32_t planned_ = 0;
};

}  // namespace

std::vector<ClosedForm> closed_forms() {
    std::vector<ClosedForm> out;
    for (auto family : {node_queue_forms, batch_forms, speculation_forms, tree_forms, window_forms, train_forms,
                        replay_forms, monorepo_forms, ungated_forms, review_forms, warmup_forms, outage_forms,
                        lost_check_forms, freeze_forms, pool_forms, race_forms}) {
        for (ClosedForm& form : family()) out.push_back(std::move(form));
    }
    return out;
}

bool VerifyResult::passed() const {
    if (interrupted || !problem.text.empty() || !little.fault.empty() || findings.empty()) return false;
    return std::all_of(findings.begin(), findings.end(),
                       [](const Finding& f) { return f.agreement == Agreement::agrees; });
}

VerifyResult verify(const std::vector<ClosedForm>& forms, const VerifyOptions& options) {
    VerifyResult result;
    Stages stages(forms, options, result);
    for (int stage = 0; stage < kStages; ++stage) {
        if (!stages.run(stage == 0)) break;
    }
    stages.report();
    return result;
}

}  // namespace gatesim
