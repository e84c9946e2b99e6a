#include "study/verify/rule.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "measure/interval.hpp"

namespace gatesim {

Agreement judge(double theory, double tolerance, double mean, double standard_error) {
    const double off = std::abs(mean - theory);
    if (!std::isfinite(mean) || standard_error < 0 || !std::isfinite(standard_error)) return Agreement::too_noisy;
    if (off > std::max(tolerance, 3 * standard_error)) return Agreement::differs;
    return standard_error <= tolerance ? Agreement::agrees : Agreement::too_noisy;
}

std::string agreement_text(Agreement agreement) {
    switch (agreement) {
        case Agreement::agrees:
            return "agrees";
        case Agreement::differs:
            return "differs";
        case Agreement::too_noisy:
            return "too noisy";
    }
    return {};
}

Measured measured(const std::vector<Share>& shares) {
    Measured out;
    out.n = shares.size();
    Share sum;
    for (const Share& s : shares) {
        sum.over += s.over;
        sum.under += s.under;
    }
    out.mean = sum.over / sum.under;
    out.low = out.high = out.mean;
    if (shares.size() < 2) return out;
    // The delta method: how far each replication is from the common ratio, in units of the ratio. Their mean is `mean`.
    const double n = static_cast<double>(shares.size());
    std::vector<std::optional<double>> values;
    double squares = 0;
    for (const Share& s : shares) {
        const double off = (s.over - out.mean * s.under) / (sum.under / n);
        squares += off * off;
        values.push_back(out.mean + off);
    }
    out.standard_error = std::sqrt(squares / (n - 1) / n);
    const Estimate interval = mean_interval(values);
    out.low = interval.low.value_or(out.mean);
    out.high = interval.high.value_or(out.mean);
    return out;
}

}  // namespace gatesim
