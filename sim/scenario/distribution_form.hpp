// The one form of a distribution: which keys belong together, and what they make.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "chance/distribution.hpp"
#include "scenario/errors.hpp"

namespace gatesim::document {

/// Keys that together define a distribution: {"dist": "lognormal", "median": …, "sigma": …}.
struct DistributionForm {
    std::string dist;               ///< empty for empirical: it has no key dist
    std::vector<std::string> keys;  ///< besides dist
    std::vector<std::string> optional;
};

const std::vector<DistributionForm>& distribution_forms();

/// Checks that the keys of an object (each of which is fine by itself) are one of the forms and fit each other.
void check_distribution(const View& view, Errors& errors);

/// The distribution (in seconds) that a checked value defines; an empirical one without its sample.
Distribution make_distribution(const View& view);

}  // namespace gatesim::document
