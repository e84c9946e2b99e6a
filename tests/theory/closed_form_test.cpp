// The quick closed forms, with less precision than the command asks for; and that the comparison can fail.
#include <gtest/gtest.h>

#include <algorithm>

#include "study/process_pool.hpp"
#include "study/verify/verify.hpp"

namespace gatesim {
namespace {

VerifyOptions quick() {
    VerifyOptions options;
    options.jobs = available_processors();
    options.precision = 1;
    options.first = 6;
    options.most = 60;
    return options;
}

std::vector<ClosedForm> forms_of(const std::string& id, const std::string& where) {
    std::vector<ClosedForm> forms = closed_forms();
    std::erase_if(forms, [&](const ClosedForm& form) { return form.id != id || form.where != where; });
    return forms;
}

void expect_agreement(const std::string& id, const std::string& where) {
    const std::vector<ClosedForm> forms = forms_of(id, where);
    ASSERT_EQ(forms.size(), 1u) << "no entry " << id << ", " << where;
    const VerifyResult result = verify(forms, quick());
    EXPECT_EQ(result.problem.text, "");
    EXPECT_EQ(result.little.fault, "");
    EXPECT_GT(result.little.visits, 1000u);
    for (const Finding& f : result.findings) {
        EXPECT_EQ(f.agreement, Agreement::agrees)
            << f.quantity->what << ": theory " << f.quantity->theory << ", simulation " << f.measured.mean
            << ", standard error " << f.measured.standard_error << ", n " << f.measured.n;
    }
    EXPECT_EQ(result.passed(), !testing::Test::HasFailure());
}

TEST(ClosedForms, erlang_c) {
    expect_agreement("R01", "c = 2, load 1.6");
}
TEST(ClosedForms, constant_runs) {
    expect_agreement("R02", "M/D/1, load 0.5");
}
TEST(ClosedForms, exponential_runs) {
    expect_agreement("R02", "M/M/1, load 0.5");
}
TEST(ClosedForms, outage) {
    expect_agreement("R25", "constant runs, a / s = 0.5");
}
TEST(ClosedForms, checks_that_never_report) {
    expect_agreement("R26", "q = 0.2, L = 6 runs");
}
TEST(ClosedForms, freeze) {
    expect_agreement("R27", "one of 63 h, 12 changes an hour");
}
TEST(ClosedForms, freeze_by_the_week) {
    expect_agreement("R27", "two weekends, by hours of the week");
}
TEST(ClosedForms, node_on_demand) {
    expect_agreement("R29", "exponential boot of half a run, load 0.5");
    expect_agreement("R29", "constant boot of half a run, load 0.5");
}
TEST(ClosedForms, preemption) {
    expect_agreement("R30", "vD = 1");
}
TEST(ClosedForms, races_alive) {
    expect_agreement("R16", "classification on, s = 0.02, q = 0.5, n = 3");
    expect_agreement("R16", "classification off, s = 0.02, q = 0.5, n = 3");
}
TEST(ClosedForms, warmup) {
    // With MSER-5 on three runs alone the first day is a quarter too quick.
    VerifyOptions options = quick();
    options.first = options.most = 400;
    const std::vector<ClosedForm> forms = forms_of("R24", "the first day that counts, load 0.8, 14 days");
    const VerifyResult result = verify(forms, options);
    ASSERT_EQ(result.findings.size(), 1u);
    EXPECT_TRUE(result.passed()) << result.findings[0].measured.mean << " ± "
                                 << result.findings[0].measured.standard_error;
}
TEST(ClosedForms, fixed_window) {
    expect_agreement("R04", "w = 8, p = 0.1");
}
TEST(ClosedForms, unlimited_window_defects) {
    expect_agreement("R05", "20/h, p = 0.05, D = 0.5 h, defects");
}
TEST(ClosedForms, unlimited_window_flakes) {
    expect_agreement("R05", "20/h, p = 0.05, D = 0.5 h, flakes");
}
TEST(ClosedForms, moving_window) {
    expect_agreement("R07", "+1, floor 3, p = 0.2");
}

TEST(ClosedForms, batches_all_patterns) {
    for (const char* way : {"singles", "bisect", "infer", "stop-at-4", "quarters"})
        expect_agreement("R03", std::string(way) + ", b = 8, all patterns");
}
TEST(ClosedForms, batches_drawn) {
    expect_agreement("R03", "bisect, b = 8, p = 0.05");
    expect_agreement("R03", "singles, b = 8, p = 0.226 in runs of 2.34");
}
TEST(ClosedForms, race) {
    expect_agreement("R20", "L·V = 0.5");
}

TEST(ClosedForms, one_pattern_less_is_no_agreement) {
    std::vector<ClosedForm> forms = forms_of("R03", "bisect, b = 8, all patterns");
    ASSERT_EQ(forms.size(), 1u);
    forms[0].quantities[2].theory *= 1 + 1e-5;
    const VerifyResult result = verify(forms, quick());
    ASSERT_EQ(result.findings.size(), 6u);
    EXPECT_EQ(result.findings[2].agreement, Agreement::differs);
    EXPECT_EQ(result.findings[3].agreement, Agreement::agrees);
}

TEST(ClosedForms, a_wrong_theory_differs) {
    std::vector<ClosedForm> forms = forms_of("R04", "w = 8, p = 0.1");
    ASSERT_EQ(forms.size(), 1u);
    forms[0].quantities[0].theory *= 1.05;
    const VerifyResult result = verify(forms, quick());
    ASSERT_EQ(result.findings.size(), 2u);
    EXPECT_EQ(result.findings[0].agreement, Agreement::differs);
    EXPECT_EQ(result.findings[1].agreement, Agreement::agrees);
    EXPECT_FALSE(result.passed());
}

TEST(ClosedForms, too_few_replications_are_too_noisy) {
    std::vector<ClosedForm> forms = forms_of("R04", "w = 8, p = 0.1");
    ASSERT_EQ(forms.size(), 1u);
    for (Quantity& q : forms[0].quantities) q.tolerance = 1e-5;
    VerifyOptions options = quick();
    options.most = options.first;
    EXPECT_FALSE(verify(forms, options).passed());
}

TEST(ClosedForms, any_number_of_jobs_gives_the_same_numbers) {
    const std::vector<ClosedForm> forms = forms_of("R04", "w = 4, p = 0.2");
    ASSERT_EQ(forms.size(), 1u);
    VerifyOptions options = quick();
    const VerifyResult many = verify(forms, options);
    options.jobs = 1;
    options.engine = "simgrid";
    const VerifyResult one = verify(forms, options);
    ASSERT_EQ(many.findings.size(), one.findings.size());
    for (std::size_t i = 0; i < many.findings.size(); ++i) {
        EXPECT_EQ(many.findings[i].measured.mean, one.findings[i].measured.mean);
        EXPECT_EQ(many.findings[i].measured.n, one.findings[i].measured.n);
    }
}

}  // namespace
}  // namespace gatesim
