#include "study/random_checks.hpp"

namespace gatesim {

namespace {

class Loser {
public:
    Loser(Scenario& scenario, const std::function<int(int)>& below) : s_(scenario), below_(below) {}

    void lose() {
        for (Project& project : s_.projects)
            for (ProjectPipeline& part : project.pipelines)
                for (Job& job : part.jobs) {
                    if (chance(50)) job.timeout = (1 + below_(12)) * 10 * kSecond;
                    if (chance(20)) job.never_reports = share();
                    if (chance(30)) job.hangs = share();
                }
        if (!s_.load.listed) return;
        for (ListedChange& change : s_.load.listed->changes)
            for (ScriptedRun& run : change.jobs) {
                run.never_reports = chance(3);
                if (chance(10)) run.hangs_on_run.push_back(below_(2));
            }
    }

private:
    bool chance(int percent) { return below_(100) < percent; }

    Varying<double> share() {
        static constexpr double kShares[] = {0.05, 0.3, 1};
        Varying<double> out;
        out.first = kShares[chance(10) ? 2 : below_(2)];
        if (chance(30)) out.steps.push_back({(1 + below_(20)) * 10 * kSecond, chance(50) ? 0 : 0.3});
        return out;
    }

    Scenario& s_;
    const std::function<int(int)>& below_;
};

}  // namespace

void jump_and_be_alone(Scenario& scenario, const std::function<int(int)>& below) {
    for (ListedChange& change : scenario.load.listed->changes) {
        change.jumps = below(100) < 20;
        change.single |= below(100) < 20;
    }
}

void lose_runs(Scenario& scenario, const std::function<int(int)>& below) {
    Loser(scenario, below).lose();
}

}  // namespace gatesim
