#include "study/shard_run.hpp"

#include <algorithm>

#include "study/grid_work.hpp"

namespace gatesim {

namespace {

class ShardRun {
public:
    ShardRun(Grid& grid, const std::vector<Arm>& arms, const GridOptions& options, const Shard& shard, Journal& journal,
             const LookAround& look_around, const std::function<bool(const GridResult&)>& enough)
        : grid_(grid),
          options_(options),
          shard_(shard),
          shares_(shard.count, arms.size(), options.looks.front()),
          journal_(journal),
          look_around_(look_around),
          enough_(enough) {}

    void run() {
        if (!warm_up()) return;
        grid_.stop = [this] { return look_around_(journal_) && decided(); };
        for (std::uint32_t count : options_.looks) {
            grid_.progress.look = ++grid_.result.look;
            if (!grid_.run(own(grid_.tasks(count, false)))) return;
            look_around_(journal_);
            if (decided()) return;
        }
    }

private:
    /// Of these, what is this shard's to do, and not done.
    std::vector<GridTask> own(std::vector<GridTask> tasks) const {
        std::erase_if(tasks, [this](const GridTask& task) { return shares_.owner(task) != shard_.number; });
        return grid_.missing(std::move(tasks));
    }

    bool warm_up();
    bool decided();

    Grid& grid_;
    const GridOptions& options_;
    const Shard shard_;
    const Shares shares_;
    Journal& journal_;
    const LookAround& look_around_;
    const std::function<bool(const GridResult&)>& enough_;
    std::size_t judged_ = 0;  ///< looks that were not enough
};

bool ShardRun::warm_up() {
    const std::vector<GridTask> all = grid_.tasks(grid_.pilots(), true);
    if (!grid_.run(own(all))) return false;
    for (;;) {
        look_around_(journal_);
        std::vector<GridTask> rest = grid_.missing(all);
        if (rest.empty()) break;
        // Shards that run at the same time begin at different places, so that they seldom run the same one.
        const std::size_t begin = rest.size() * (shard_.number - 1) / shard_.count;
        std::rotate(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(begin), rest.end());
        rest.resize(std::min<std::size_t>(rest.size(), std::max(1u, options_.jobs)));
        if (!grid_.run(rest)) return false;
    }
    grid_.set_warmup();
    return true;
}

/// Whether `enough` is content with one of the looks that are whole by now. Each is judged once.
bool ShardRun::decided() {
    for (; judged_ < options_.looks.size() && !grid_.result.settled; ++judged_) {
        const std::uint32_t count = options_.looks[judged_];
        const std::vector<GridTask> all = grid_.tasks(count, false);
        if (!std::all_of(all.begin(), all.end(), [this](const GridTask& task) { return grid_.has(task); })) break;
        grid_.collect(count);
        grid_.result.settled = enough_(grid_.result);
    }
    return grid_.result.settled;
}

}  // namespace

GridResult run_shard(const std::vector<Arm>& arms, const GridOptions& options, const Shard& shard, Journal& journal,
                     const LookAround& look_around, const std::function<bool(const GridResult&)>& enough) {
    Grid grid(arms, options, journal);
    for (const Arm& arm : arms) grid.result.what_runs.push_back(what_runs(arm.scenario));
    grid.result.problem = journal.problem();
    grid.progress.looks = options.looks.size();
    if (grid.result.problem.text.empty()) ShardRun(grid, arms, options, shard, journal, look_around, enough).run();
    grid.set_timing();
    return std::move(grid.result);
}

}  // namespace gatesim
