#include "study/random_lives.hpp"

#include <algorithm>

namespace gatesim {

namespace {

class LifeGiver {
public:
    LifeGiver(Scenario& scenario, bool coincide, const std::function<int(int)>& below)
        : s_(scenario), coincide_(coincide), below_(below) {}

    void give() {
        if (chance(40)) s_.quotas = {{"account", std::max<std::int64_t>(largest_job(), 1 + below_(8))}};
        give(s_.pools.front());
        if (!chance(35)) return;
        Pool other = s_.pools.front();
        other.name = "other";
        give(other);
        s_.pools.push_back(std::move(other));
        if (chance(50)) s_.pools.front().fall_back_after = time();
        if (auto& spot = s_.pools.front().life->spot; spot && chance(50)) spot->retry_on = 1;
    }

private:
    bool chance(int percent) { return below_(100) < percent; }
    Time time() { return coincide_ ? (1 + below_(6)) * 10 * kSecond : (1 + below_(1'000'000)) * 100 * kMicrosecond; }
    double some_seconds() { return chance(50) ? 0 : seconds(time()); }

    std::int64_t largest_job() const {
        int most = 1;
        for (const Project& project : s_.projects)
            for (const ProjectPipeline& part : project.pipelines)
                for (const Job& job : part.jobs) most = std::max(most, job.nodes);
        return most;
    }

    void give(Pool& pool) {
        PoolLife& life = pool.life.emplace();
        life.max = chance(20) ? kUnlimited : largest_job() + below_(6);
        const std::int64_t most = life.max == kUnlimited ? 6 : life.max;
        life.min = chance(50) ? 0 : below_(static_cast<int>(most) + 1);
        pool.nodes = chance(50) ? life.min : below_(static_cast<int>(most) + 1);
        pool.single_use = chance(50);
        if (!s_.quotas.empty() && chance(80)) {
            life.quota = 0;
            pool.nodes = 0;
        }
        give_rule(life);
        static constexpr Time kPolls[] = {0, 10 * kSecond, kMinute};
        life.poll = kPolls[below_(3)];
        life.signal_delay = chance(70) ? 0 : time();
        life.provision.a = chance(70) ? 0 : some_seconds();
        pool.boot.a = some_seconds();
        if (chance(20)) life.boot_timeout = from_seconds(life.provision.a + pool.boot.a) + time();
        life.timeout_from_up = chance(50);
        life.stop_time.a = some_seconds();
        life.back_off = chance(70) ? 0 : time();
        if (chance(20)) life.lifetime = 3 * time();
        if (chance(20)) life.max_uses = 1 + below_(3);
        if (chance(25)) life.spot = Spot{chance(50) ? 5.0 : 60.0, chance(50) ? 0 : time(), kNone};
        if (chance(20)) life.keep_warm = {{WeeklyHours::daily(0, kMinute, {0}), below_(3)}};
    }

    void give_rule(PoolLife& life) {
        const auto& rules = known_scaling_rules();
        const ScalingDescription& rule = rules[static_cast<std::size_t>(below_(static_cast<int>(rules.size())))];
        life.scaling = {rule.name, {}};
        for (const Parameter& parameter : rule.parameters) {
            if (!chance(25)) continue;
            if (parameter.kind == ParameterKind::flag) {
                // A rule that lets what failed count for ever, or forgets who asked, may never serve anybody.
                if (parameter.name != "counts_failed" && parameter.name != "asks_again")
                    life.scaling.values.emplace_back(parameter.name, chance(50));
            } else if (parameter.kind == ParameterKind::time && parameter.low == 0) {
                life.scaling.values.emplace_back(parameter.name, time());
            }
        }
        // Without idle nodes nobody would ever be served by min alone.
        if (rule.name == "static") life.min = std::max(life.min, largest_job());
    }

    Scenario& s_;
    bool coincide_;
    const std::function<int(int)>& below_;
};

}  // namespace

void let_pools_live(Scenario& scenario, bool coincide, const std::function<int(int)>& below) {
    LifeGiver(scenario, coincide, below).give();
}

}  // namespace gatesim
