// Runs the cases of a lesson on one luck, and gives the names of expressions their values, replication by replication.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "learn/stage.hpp"
#include "study/grid.hpp"

namespace gatesim::learn {

struct BenchOptions {
    std::uint64_t seed = 1;
    unsigned jobs = 1;
    std::vector<std::uint32_t> looks = {8};
    std::vector<std::string> between;  ///< sets on top of the work, below a case's own
    std::function<void(const GridProgress&)> progress;
    /// What was run with this seed before, so that nothing is run twice. Nothing: a journal of its own.
    std::shared_ptr<Journal> journal;
};

class Bench {
public:
    Bench(Stage& stage, BenchOptions options) : stage_(stage), options_(std::move(options)) {
        if (!options_.journal) options_.journal = std::make_shared<Journal>();
    }

    /// Makes sure that everything the expression names will have a value.
    void want(const Expression& expression);

    /// Gives a name a value that is known already.
    void know(const std::string& name, Value value) { constants_[name] = std::move(value); }

    /// Runs what is wanted, look by look, and after each asks which expressions are not known well enough: only their
    /// cases go on, and when there are none it ends. False: see problem(), or the stage's.
    using Undecided = std::vector<const Expression*>;
    bool run(const std::function<Undecided()>& undecided);

    /// Replications that all cases of these expressions have; 1 if they need none.
    std::size_t replications(const Undecided& expressions) const;
    /// The expression in replications 1 .. `count`; nothing where it is undefined.
    Series series(const Expression& expression, std::size_t count) const;
    /// Every name with its mean over replications: for messages.
    Value value_of_means(const Expression& expression) const;

    /// A contract that was broken, a program that died … Empty text: nothing.
    const StudyProblem& problem() const { return problem_; }
    bool interrupted() const { return interrupted_; }
    /// Whether the learner's queue grew through the whole period in most replications.
    bool overloaded() const;

private:
    struct Sweep {
        std::size_t arm = 0;  ///< of the winner
        Value at;
    };

    void want_name(const std::string& name);
    std::size_t arm_of(const Staged& staged, const std::string& label);
    bool find_best(const Best& best);
    bool find_warmup_of(const std::string& base);
    bool make_arms();
    Value value(const std::string& name, std::optional<std::size_t> replication) const;
    Value metric(std::size_t arm, std::size_t metric, std::optional<std::size_t> replication) const;
    Series goal_of(const Best& best, std::size_t arm, const std::vector<std::vector<ReplicationRecord>>& records,
                   const Expression& expression) const;
    GridOptions grid_options() const;
    /// The arms whose figures the expression uses.
    std::set<std::size_t> arms_of(const Expression& expression) const;
    bool run_look(std::uint32_t count, const std::set<std::size_t>& arms);
    bool fine(const GridResult& result);

    Stage& stage_;
    BenchOptions options_;
    std::set<std::string> bases_, bests_, warmups_;
    std::map<std::string, Value> constants_;  ///< aliases, answers, levers, warm-ups
    std::vector<Arm> arms_;
    std::map<std::string, std::size_t> arm_by_base_;
    std::map<std::string, Sweep> sweeps_;
    std::vector<std::vector<ReplicationRecord>> records_;
    StudyProblem problem_;
    bool interrupted_ = false;
    std::optional<Time> warmup_;  ///< found at the first look, for all arms; the later ones keep it
};

}  // namespace gatesim::learn
