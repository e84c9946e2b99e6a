// Time zones: what clocks show where. The database is the system's; a bundle, which must run on machines that have
// none, carries it along. Both ways read the same files and say the same.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace gatesim::zones {

/// Between two shifts of its clocks a zone is a fixed number of seconds ahead of UTC. Seconds since 1970; `end` does
/// not belong to it and is very large for the last one.
struct Spell {
    std::int64_t begin = 0, end = 0, offset = 0;
};

class Zone {
public:
    virtual ~Zone() = default;
    virtual Spell at(std::int64_t second) const = 0;
};

/// nullptr: there is no such zone, or no database. What is returned stays.
const Zone* find(const std::string& name);

/// All that can be found; nothing where there is no database.
std::vector<std::string> names();

/// The instant (microseconds since 1970) at which clocks there show `local` for the first time; when they jump over it,
/// the instant of the jump.
std::int64_t earliest(const Zone& zone, std::int64_t local_micros);

}  // namespace gatesim::zones
