// The lives of races, put together from what is told of them.
#pragma once

#include <string>
#include <vector>

#include "model/event.hpp"

namespace gatesim {

/// What became of one race.
struct RaceRecord {
    Time born = kNever, first_hit = kNever, noticed = kNever, classified = kNever, assigned = kNever, ended = kNever;
    RaceEnd how = RaceEnd::fixed;
    std::uint64_t hits = 0;        ///< builds that it made red
    std::uint64_t told_apart = 0;  ///< of them, after it was classified
};

class RaceLives {
public:
    void on(const Event& event);

    /// By RaceId; of one that nobody was told of, born is kNever.
    const std::vector<RaceRecord>& records() const { return records_; }

private:
    std::vector<RaceRecord> records_;
};

/// The race, listed or born; nullptr if there is none of that number yet.
const Race* find_race(const Cast& cast, RaceId race);

/// "region=DFW"; empty if it depends on nothing.
std::string factor_text(const RaceFactor& factor);

/// "fixed", "reverted" …
const char* race_end_name(RaceEnd how);

}  // namespace gatesim
