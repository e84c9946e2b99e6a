// What a predictor would know: noisy predictions of stated quality, issued from the truth (`signals` in a scenario).
//
// Each prediction is one keyed draw, of the patch set or of the pair: it is the same whoever asks, and asking again
// brings nothing new. Without `signals` it knows the base rates: the share of defects, the chance that a pair conflicts
// given what both touch (failures), the mean build time.
#pragma once

#include <functional>
#include <vector>

#include "chance/draw.hpp"
#include "model/foresight.hpp"
#include "truth/hidden.hpp"
#include "truth/script.hpp"

namespace gatesim {

class SignalDesk final : public Foresight {
public:
    /// How long the first run of a job for a change takes.
    using FirstRun = std::function<Time(const Job&, ChangeId)>;

    SignalDesk(const Scenario& scenario, const Cast& cast, Luck luck, Hidden& hidden, const Pairs& textual,
               const Script& script, std::function<void()> catch_up, FirstRun first_run,
               std::function<double(const Job&)> duration_factor);

    double passes(ChangeId change) const override;
    double conflicts(ChangeId a, ChangeId b) const override;
    Expected build_time(ChangeId change) const override;

private:
    bool fails_alone(ChangeId change) const;
    double no_flake(ChangeId change) const;

    struct Told {
        int patchset = 0;
        double passes = 0;
    };

    const Scenario& scenario_;
    const Cast& cast_;
    Luck luck_;
    Hidden& hidden_;
    const Pairs& textual_;
    const Script& script_;
    std::function<void()> catch_up_;
    FirstRun first_run_;
    std::function<double(const Job&)> duration_factor_;  ///< as of now (Job::duration_scale)
    double listed_fail_;                                 ///< base rates of listed changes and their pairs
    double listed_conflict_;
    mutable std::vector<Told> told_;  ///< by change: strategies ask again and again
};

}  // namespace gatesim
