// Why a change left a gate without landing: what is really behind it, and not only what the gate saw.
#pragma once

#include "record/ledger.hpp"

namespace gatesim {

/// Each ejection has one. The first five are what is behind a failed job.
enum class EjectionCause : std::uint8_t {
    own_defect,
    clash,   ///< it does not go together with an earlier change
    others,  ///< what others broke: a bystander
    flake,   ///< or a race of the branch
    infrastructure,
    time_limit,
    conflict,      ///< it could not be merged
    dependency,    ///< a change that it needs left, or was refused
    by_hand,       ///< taken out or abandoned
    new_patchset,  ///< a newer patch set took its place
    other,         ///< refused by the review system or by its check, reverted, without jobs
};
inline constexpr std::size_t kEjectionCauses = 11;

/// "own_defect", "clash" …, as in the names of metrics.
const char* ejection_cause_name(EjectionCause cause);

/// Of an event that puts its change out (Standings::take).
EjectionCause ejection_cause(const Event& event, const Ledger& ledger);

}  // namespace gatesim
