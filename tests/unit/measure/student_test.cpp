#include "measure/student.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace gatesim {
namespace {

// Student's t has a closed form for one and for two degrees of freedom, and is normal for many.
TEST(Student, ReachesAsFarAsTheClosedForms) {
    const double pi = std::acos(-1.0);
    for (double level : {0.5, 0.9, 0.95, 0.999}) {
        EXPECT_NEAR(student_quantile(2, level), std::tan(pi * level / 2), 1e-9 * std::tan(pi * level / 2));
        EXPECT_NEAR(student_quantile(3, level), level * std::sqrt(2 / (1 - level * level)), 1e-9);
    }
    EXPECT_NEAR(student_quantile(10'000'000, 0.95), 1.959964, 1e-6);
}

}  // namespace
}  // namespace gatesim
