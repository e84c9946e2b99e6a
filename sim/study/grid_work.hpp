// The work behind a grid (study/grid.hpp), for those that divide it in different ways: all of it here and now, a shard
// of it (study/shard_run.hpp), or none, because it is there already.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "measure/mser.hpp"
#include "study/grid.hpp"
#include "study/worker.hpp"

namespace gatesim {

class Grid {
public:
    Grid(const std::vector<Arm>& arms, const GridOptions& options, Journal& journal);

    /// How many replications the search for the warm-up takes; 0 where there is nothing to find.
    std::uint32_t pilots() const;
    /// Replications 1 .. `count`, or as many pilots: replication by replication, so that what is done at any moment can
    /// be compared.
    std::vector<GridTask> tasks(std::uint32_t count, bool pilot) const;
    /// Whether the journal has it, or was lent it.
    bool has(const GridTask& task) const;
    /// What the journal has of it; nullptr if it is not there.
    const ReplicationRecord* record(const GridTask& task) const { return journal_.find(key(task)); }
    /// Those of them that are not there.
    std::vector<GridTask> missing(std::vector<GridTask> from) const;
    /// Runs them. False: they are not all there, and the result says why, unless `stop` was content.
    bool run(const std::vector<GridTask>& wanted);
    /// Finds the warm-up, once the pilots are there.
    void set_warmup();
    /// The same, from the pilots of these arms.
    void set_warmup(const std::vector<std::size_t>& of);
    /// What all arms have of replications 1 .. `count`. Records of a longer study in the same journal do not count.
    void collect(std::uint32_t count);
    /// What was lent of these becomes the journal's own.
    void keep(const std::vector<GridTask>& used);
    /// Sets what it took, since it was made.
    void set_timing();

    GridResult result;
    GridProgress progress;
    std::function<bool()> stop;  ///< asked before every start: true starts no more. May be empty

private:
    JournalKey key(const GridTask& task) const;
    StudyOptions study_options(const GridTask& task) const;
    void hear(const GridTask& task, WorkerLine said);
    Truncation truncation(std::size_t arm, std::uint32_t pilots) const;

    const std::vector<Arm>& arms_;
    const GridOptions& options_;
    Journal& journal_;
    std::vector<std::string> shas_;            ///< by arm: what its records go by
    std::map<std::uint32_t, double> running_;  ///< by task: how far it is
    std::vector<bool> finished_;               ///< by task
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

}  // namespace gatesim
