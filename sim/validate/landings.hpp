// What can be said of a gate of which only landings are recorded, and two models that know nothing of gates.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "chance/draw.hpp"
#include "validate/approvals.hpp"
#include "validate/scores.hpp"

namespace gatesim::validate {

/// A landing; `stay` is an index into the record's stays, or kNone: of nobody in particular.
struct Landing {
    Time at = 0;
    std::uint32_t stay = kNone;
};

struct LandingFigure {
    const char* name;
    const char* unit;  ///< "", "share", "s"
    const char* help;
    bool of_uploads;  ///< it needs to know who landed
};

/// In the order of landing_figures().
const std::vector<LandingFigure>& landing_figure_list();

/// Of what landed in the part; landings of stays whose real landing is not known to the instant do not count. Nothing
/// where there are too few. Days are those of UTC that lie in the part as a whole.
std::vector<std::optional<double>> landing_figures(const Record& record, std::vector<Landing> landings,
                                                   const Spans& part);

/// What was seen.
std::vector<Landing> seen_landings(const Record& record);

/// Each hour of the record's time lands what some hour of the training time landed that was the same in its week: so
/// the rhythm of the week and the bursts within an hour are those of the training time, whatever was uploaded.
std::vector<Landing> hours_again(const Record& record, const Spans& train, const Luck& luck);

/// Everybody lands after a wait that somebody of the training time had from upload to landing, and nobody waits for
/// anybody (`approvals` fitted with a gate of 0).
std::vector<Landing> no_gate(const Record& record, const Approvals& approvals, const Luck& luck);

/// Said of one figure by a model: its replications.
struct Said {
    std::vector<double> values;            ///< empty: the model cannot say
    double median = 0, low = 0, high = 0;  ///< 90 % of replications lie between
    double off = 0;  ///< CRPS of the logarithms against what was seen, no factor counted beyond ten
};

struct LandingScores {
    std::vector<std::optional<double>> seen;
    std::vector<Said> said;
    /// Mean of `off` over the figures that were seen and that `other` says as well.
    double off(const LandingScores& other) const;
    /// Share of the figures that were seen whose seen value lies in the 90 % interval.
    double met() const;
};

/// Of replications, each a list of landings.
LandingScores score_landings(const Record& record, const std::vector<std::vector<Landing>>& replications,
                             const Spans& part);

/// Against both: explains if it is nearer than each of them on average over what both can say; predicts if by a
/// quarter, and 85 % of what was seen lies in its intervals.
Verdict judge_landings(const LandingScores& model, const LandingScores& hours, const LandingScores& free);

}  // namespace gatesim::validate
