// The policy of every special function and quantile that is taken from Boost.
#pragma once

#include <boost/math/policies/policy.hpp>

namespace gatesim {

/// Doubles all the way. The wider type that Boost prefers (long double) is another one on another machine, so the last
/// digit of a draw would be, too; it also costs three times as much.
using PlainMath = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

}  // namespace gatesim
