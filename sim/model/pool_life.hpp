// Nodes that come and go: what a pool needs to live (Pool::life).
//
// A node of such a pool is asked for, boots, is idle, is busy, is idle again, stops and is gone. A rule looks at the
// pool from time to time and says how many there shall be (workers/scaling/). Plain data.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "chance/distribution.hpp"
#include "model/ids.hpp"
#include "model/parameter.hpp"
#include "model/time.hpp"
#include "model/timeline.hpp"
#include "model/weekly_hours.hpp"

namespace gatesim {

/// So many nodes are kept in these hours, whatever is asked for.
struct KeepWarm {
    WeeklyHours hours;
    std::int64_t nodes = 0;
};

/// Nodes that the provider takes back.
struct Spot {
    double per_hour = 0;      ///< how often a node is taken back, for each hour that it is up
    Time notice = 0;          ///< between being told so and the end; it takes no new build in that time
    PoolId retry_on = kNone;  ///< where a build that lost its node runs again; kNone = on any pool of its label
};

struct PoolLife {
    std::int64_t min = 0;           ///< nodes that the rule keeps, whatever is asked for
    std::int64_t max = kUnlimited;  ///< nodes that are asked for, boot or are up, at most
    StrategyChoice scaling{"static", {}};
    Time poll = kMinute;    ///< the rule looks so often, in step with the start; 0 = whenever something happens
    Time signal_delay = 0;  ///< what it sees is so old
    std::vector<KeepWarm> keep_warm;
    Distribution provision;  ///< seconds from being asked for until the provider gives the machine, which then boots
    Time boot_timeout = kNever;    ///< a node that is not up by then is killed
    bool timeout_from_up = false;  ///< that counts for each boot by itself, not from when the node was asked for
    Distribution stop_time;        ///< seconds from stopping to being gone
    Time back_off = 0;             ///< after a boot that failed nothing is booted for so long
    Time lifetime = kNever;        ///< a node that has been up for so long takes no new build
    std::int64_t max_uses = 0;     ///< nor does one that had so many; 0 = without limit
    std::uint32_t quota = kNone;   ///< index into Scenario::quotas
    std::optional<Spot> spot;
    double price_idle = 0;  ///< USD per node-hour while up and not handed out
    double price_boot = 0;  ///< USD per node-hour while booting
};

/// Nodes that several pools may have together, those that stop included.
struct Quota {
    std::string name;
    std::int64_t nodes = 0;
};

/// What `list`, `describe` and the loader know of an autoscaling rule, without its code.
struct ScalingDescription {
    std::string name;            ///< as in the scenario: "arc"
    std::string summary;         ///< one line
    std::string help;            ///< the rule
    std::string source;          ///< where it was read
    std::string counter;         ///< what it gets wrong, and who does not
    Time poll = kMinute;         ///< default of the pool's `poll`
    Time boot_timeout = kNever;  ///< default of the pool's `boot_timeout`
    std::vector<Parameter> parameters = {};
};

/// All there are, by name. Their code, in workers/scaling/, registers them before main.
inline std::vector<ScalingDescription>& known_scaling_rules() {
    static std::vector<ScalingDescription> all;
    return all;
}

}  // namespace gatesim
