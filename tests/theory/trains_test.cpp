// Cars tested on each other: the formulas against published figures.
#include <gtest/gtest.h>

#include <algorithm>

#include "study/process_pool.hpp"
#include "study/verify/train_theory.hpp"
#include "study/verify/verify.hpp"

namespace gatesim {
namespace {

TEST(Trains, benton_found_these_odds) {  // openstack-dev, June 2014
    EXPECT_NEAR(theory::lands_where_any_red_leaves(0.2, 1), 0.8, 1e-12);
    EXPECT_NEAR(theory::lands_where_any_red_leaves(0.2, 2), 0.768, 1e-9);
    EXPECT_NEAR(theory::lands_where_any_red_leaves(0.2, 4), 0.7107, 5e-5);
    EXPECT_NEAR(theory::lands_where_any_red_leaves(0.2, 20), 0.4404, 5e-5);
    EXPECT_NEAR(theory::lands_where_any_red_leaves(0.05, 20), 0.907, 5e-4);
}

TEST(Trains, a_broken_car_takes_so_many_along) {
    EXPECT_NEAR(theory::innocents_behind_a_broken_car(1), 0.5, 1e-12);
    EXPECT_NEAR(theory::innocents_behind_a_broken_car(9), 1.929, 5e-4);
    EXPECT_NEAR(theory::innocents_behind_a_broken_car(19), 2.598, 5e-4);
}

class QuickTrain : public testing::TestWithParam<const char*> {};

TEST_P(QuickTrain, Agrees) {
    std::vector<ClosedForm> forms = train_forms();
    std::erase_if(forms, [](const ClosedForm& form) { return form.id != GetParam() || form.dear; });
    ASSERT_FALSE(forms.empty());
    VerifyOptions options;
    options.jobs = available_processors();
    options.precision = 1;
    options.first = 8;
    options.most = 80;
    const VerifyResult result = verify(forms, options);
    EXPECT_EQ(result.problem.text, "");
    for (const Finding& f : result.findings)
        EXPECT_NE(f.agreement, Agreement::differs)
            << f.form->where << ": theory " << f.quantity->theory << ", simulation " << f.measured.mean
            << ", standard error " << f.measured.standard_error << ", n " << f.measured.n;
    EXPECT_EQ(result.little.fault, "");
}

INSTANTIATE_TEST_SUITE_P(Families, QuickTrain, testing::Values("R08", "R08b", "R09", "R18", "R22"));

}  // namespace
}  // namespace gatesim
