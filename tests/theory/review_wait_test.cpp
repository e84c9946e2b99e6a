// Review as a station: what Erlang says of it.
#include <gtest/gtest.h>

#include "study/process_pool.hpp"
#include "study/verify/verify.hpp"

namespace gatesim {
namespace {

class ReviewTheory : public ::testing::TestWithParam<const char*> {};

TEST_P(ReviewTheory, waits_agree) {
    std::vector<ClosedForm> forms = review_forms();
    std::erase_if(forms, [](const ClosedForm& form) { return form.where != GetParam(); });
    ASSERT_EQ(forms.size(), 1u);
    VerifyOptions options;
    options.jobs = available_processors();
    options.precision = 1;
    options.first = 6;
    options.most = 60;
    const VerifyResult result = verify(forms, options);
    EXPECT_EQ(result.problem.text, "");
    EXPECT_EQ(result.little.fault, "");
    ASSERT_EQ(result.findings.size(), 2u);
    for (const Finding& f : result.findings)
        EXPECT_EQ(f.agreement, Agreement::agrees)
            << f.quantity->what << ": theory " << f.quantity->theory << ", simulation " << f.measured.mean << " ± "
            << f.measured.standard_error;
}

INSTANTIATE_TEST_SUITE_P(Waits, ReviewTheory,
                         ::testing::Values("c = 2, load 1.6, oldest_first", "c = 3, load 1.8, random",
                                           "c = 1, 25 % of the working time, busy 0.6"));

}  // namespace
}  // namespace gatesim
