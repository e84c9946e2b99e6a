// How much of the red is luck: flakes and defects told apart by runs that were repeated on the same code.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "infer/figure.hpp"

namespace gatesim::infer {

/// How often a run fails though nothing is wrong (`flake`), and how often something is (`defect`).
struct Split {
    double flake = 0, defect = 0;
};

/// From the share `a` of first runs that are red and the share `b` of repeated ones that pass: with
/// x = ab(1-a) / (1-a-ab), the share that is red by luck alone, flake = x / (1-a+x) and defect = a - x. It takes a
/// defect to fail every run, and flakes to be independent. Values that no such pair can give (b > 1 - flake, say) are
/// brought to the nearest that one can.
Split split_red(double a, double b);

/// The same where what is repeated fails by luck with a chance `again` that is known and another one: of a change whose
/// red jobs alone are repeated, say. x = ab / (1 - again).
Split split_red(double a, double b, double again);

/// The first run of a job on a state, and the second if there was one.
struct Outcome {
    bool red = false;
    std::optional<bool> passed_again;  ///< after red
    std::uint32_t of = 0;              ///< outcomes with equal numbers hang together (the same change is to blame)
};

struct Counts {
    std::size_t firsts = 0, red = 0, again = 0, passed = 0;
    void add(const Outcome& outcome);
};

struct Reds {
    Counts counts;
    Value flake, defect;
    bool bounds = false;  ///< nobody repeated anything: all may be flakes, or all defects; the values lie in the middle
};

/// Both with intervals: of the likelihood's (profile, chi squared) and the bootstrap's over what hangs together (500
/// draws of a fixed seed), the ends that lie farther out. The first is right where little was seen, the second where
/// one defect made many states red. `again` as for split_red.
Reds reds_of(const std::vector<Outcome>& outcomes, std::optional<double> again = std::nullopt);

/// Where nobody repeated any of these, but it is known from others how often they are red by luck: the defects are what
/// luck leaves of the red, d = (a - flake) / (1 - flake). Their interval stays that of all or nothing.
void split_by_flake(Reds& reds, double flake);

}  // namespace gatesim::infer
