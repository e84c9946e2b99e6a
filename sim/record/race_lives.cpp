#include "record/race_lives.hpp"

namespace gatesim {

void RaceLives::on(const Event& event) {
    if (event.race == kNone) return;
    if (records_.size() <= event.race) records_.resize(static_cast<std::size_t>(event.race) + 1);
    RaceRecord& one = records_[event.race];
    switch (event.kind) {
        case EventKind::race_born:
            one.born = event.at;
            break;
        case EventKind::race_noticed:
            one.noticed = event.at;
            break;
        case EventKind::race_classified:
            one.classified = event.at;
            break;
        case EventKind::race_assigned:
            one.assigned = event.at;
            break;
        case EventKind::race_fixed:
            one.ended = event.at;
            one.how = static_cast<RaceEnd>(event.value);
            break;
        case EventKind::build_ended:
            if (event.cause != Cause::race || !is_red(event.result)) break;
            if (one.hits++ == 0) one.first_hit = event.at;
            one.told_apart += one.classified != kNever;
            break;
        default:
            break;
    }
}

const Race* find_race(const Cast& cast, RaceId race) {
    if (!cast.scenario) return nullptr;
    const auto& listed = cast.scenario->failures.races.listed;
    if (race < listed.size()) return &listed[race];
    const std::size_t born = race - listed.size();
    return born < cast.races_born.size() ? &cast.races_born[born] : nullptr;
}

std::string factor_text(const RaceFactor& factor) {
    return factor.key.empty() ? "" : factor.key + "=" + factor.value;
}

const char* race_end_name(RaceEnd how) {
    switch (how) {
        case RaceEnd::fixed:
            return "fixed";
        case RaceEnd::reverted:
            return "reverted";
        case RaceEnd::quarantined:
            return "quarantined";
        case RaceEnd::faded:
            return "faded";
        case RaceEnd::dated:
            return "dated";
    }
    return "";
}

}  // namespace gatesim
