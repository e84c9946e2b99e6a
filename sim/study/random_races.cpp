#include "study/random_races.hpp"

namespace gatesim {

namespace {

class RaceGiver {
public:
    RaceGiver(Scenario& scenario, const std::function<int(int)>& below) : s_(scenario), below_(below) {}

    void give() {
        Races& races = s_.failures.races;
        races.classification = chance(50);
        for (int i = below_(3); i > 0; --i) races.listed.push_back(listed(races.listed.size()));
        if (chance(70) || races.listed.empty()) races.born = births();
        races.handling.look = 0.1 * (1 + below_(10));
        races.handling.classify = chance(50) ? Distribution{} : Distribution::exponential(1 + below_(300));
        races.handling.urgent = 1 + below_(3);
        races.handling.fix = chance(50) ? Distribution{} : Distribution::exponential(1 + below_(300));
        races.handling.revert = chance(50) ? 0 : 0.5;
        races.handling.quarantine = chance(70) ? 0 : 1 + below_(4);
    }

private:
    bool chance(int percent) { return below_(100) < percent; }
    Time moment() { return below_(60) * 10 * kSecond; }
    JobId any_job() { return static_cast<JobId>(below_(static_cast<int>(s_.job_names.size()))); }

    Race listed(std::size_t number) {
        Race out;
        out.name = "listed-" + std::to_string(number + 1);
        out.strength = 0.01 * (1 + below_(40));
        if (chance(30)) out.strength.steps = {{moment(), 0.01 * below_(101)}};
        if (chance(50)) out.jobs = {any_job()};
        if (chance(30)) out.from = moment();
        if (chance(40)) out.until = out.from + moment() + kSecond;
        factor(out.factor);
        return out;
    }

    void factor(RaceFactor& out) {
        using Kind = RaceFactor::Kind;
        static constexpr Kind kKinds[] = {Kind::none, Kind::place, Kind::concurrency, Kind::together, Kind::dates};
        out.kind = kKinds[below_(5)];
        out.key = out.kind == Kind::none ? "" : "any";
        out.pools = {static_cast<PoolId>(below_(static_cast<int>(s_.pools.size())))};
        out.concurrency = 1 + below_(4);
        out.project = static_cast<ProjectId>(below_(static_cast<int>(s_.projects.size())));
        out.from = moment();
        out.until = out.from + moment();
    }

    RaceBirths births() {
        RaceBirths out;
        out.per_landing = 0.1 * (1 + below_(5));
        out.strength = Distribution::lognormal_p50_p95(0.02, 0.5);
        out.jobs = 1 + below_(2);
        out.region = out.hours = out.with = out.concurrency = chance(50) ? 0 : 0.2;
        out.crowd = 1 + below_(4);
        if (chance(30)) out.fades = Distribution::exponential(60 + below_(600));
        return out;
    }

    Scenario& s_;
    const std::function<int(int)>& below_;
};

}  // namespace

void give_races(Scenario& scenario, const std::function<int(int)>& below) {
    RaceGiver(scenario, below).give();
}

}  // namespace gatesim
