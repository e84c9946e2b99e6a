#include "correlate/fingerprint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "correlate/mask.hpp"
#include "correlate/statistics.hpp"

namespace gatesim::correlate {

namespace {

std::size_t letters(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }));
}

bool is_console(const std::string& layer) {
    return layer.empty() || layer.find("console") != std::string::npos || layer.find("stdout") != std::string::npos;
}

/// How well a line stands for its cause: first that it is in its builds and in no others, then that it is deep.
double worth(const Feature& f, const Cause& cause, const std::vector<std::string>& layers) {
    std::vector<std::uint32_t> common;
    std::set_intersection(f.failed.begin(), f.failed.end(), cause.failed.begin(), cause.failed.end(),
                          std::back_inserter(common));
    const double all = static_cast<double>(cause.failed.size());
    const double inside = static_cast<double>(common.size()) / all;
    const double outside = static_cast<double>(f.failed.size() - common.size() + 5 * f.passed.size()) / all;
    const double said = static_cast<double>(std::min<std::size_t>(letters(f.shape), 40)) / 40;
    // The head of a trace says nothing of what it is of.
    const double head = f.shape.find("Traceback (most recent") == std::string::npos ? 0 : 1;
    return 10 * inside - 10 * outside - head + (is_console(layers[f.layer]) ? 0 : 0.5) + 0.4 * said +
           (f.is_template ? 0.2 : 0);
}

std::uint32_t best_line(const Cause& cause, const std::vector<Feature>& features,
                        const std::vector<std::string>& layers) {
    std::uint32_t best = cause.features[0];
    for (const std::uint32_t one : cause.alike) {
        if (features[one].layer >= layers.size() || letters(pattern_of(features[one].shape)) < 6) continue;
        if (worth(features[one], cause, layers) > worth(features[best], cause, layers) + 1e-9) best = one;
    }
    return best;
}

/// Without the tag of the layer and what stands before it, which the layer says already; nor a process number behind.
std::string without_tag(const std::string& shape, const std::string& layer) {
    constexpr std::size_t kNearFront = 60, kLeft = 8;
    if (layer.empty()) return shape;
    const std::size_t at = shape.find(layer);
    if (at == std::string::npos || at > kNearFront) return shape;
    std::size_t end = at + layer.size();
    while (end < shape.size() &&
           !((shape[end] >= 'a' && shape[end] <= 'z') || (shape[end] >= 'A' && shape[end] <= 'Z')))
        ++end;
    return letters(shape.substr(end)) < kLeft ? shape : shape.substr(end);
}

}  // namespace

std::vector<Fingerprint> write_fingerprints(const std::vector<Cause>& causes, const std::vector<Feature>& features,
                                            const std::vector<std::string>& layers, const Builds& builds) {
    std::vector<Fingerprint> out;
    for (const Cause& cause : causes) {
        Fingerprint one;
        std::set<std::uint32_t> in;
        std::vector<std::uint32_t> lines = cause.features;
        if (lines.size() == 1 && !cause.has_filter) lines[0] = best_line(cause, features, layers);
        for (const std::uint32_t f : lines) in.insert(features[f].layer);
        if (in.size() == 1) one.layer = layers[*in.begin()];
        for (const std::uint32_t f : lines)
            one.all_of.push_back(pattern_of(without_tag(features[f].shape, layers[features[f].layer])));
        if (cause.has_filter) one.where.push_back({cause.filter, {builds.names[cause.filter_value]}});
        one.factor = cause.factor;
        one.id = fmt::format("f{}", out.size() + 1);
        out.push_back(std::move(one));
    }
    return out;
}

void prune(std::vector<Fingerprint>& fingerprints, std::vector<Measured>& measured, const Rules& rules) {
    const auto too_loose = [&](const Measured& m) {
        return m.failed.size() < rules.least_hits || m.precision() < 1 - rules.most_passed;
    };
    std::vector<std::size_t> order(measured.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return measured[a].failed.size() > measured[b].failed.size();
    });
    std::set<std::uint32_t> explained;
    std::vector<bool> keep(measured.size(), false);
    for (const std::size_t i : order) {
        std::size_t fresh = 0;
        for (const std::uint32_t b : measured[i].failed) fresh += explained.count(b) == 0;
        keep[i] = !too_loose(measured[i]) && fresh >= rules.least_hits && fresh * 2 >= measured[i].failed.size();
        if (keep[i]) explained.insert(measured[i].failed.begin(), measured[i].failed.end());
    }
    // A build goes to the first that it shows: one to which too few are left is none.
    for (std::size_t i = 0; i < measured.size(); ++i) {
        std::set<std::uint32_t> left(measured[i].failed.begin(), measured[i].failed.end());
        for (std::size_t k = 0; k < i; ++k)
            if (keep[k])
                for (const std::uint32_t b : measured[k].failed) left.erase(b);
        if (left.size() < rules.least_hits) keep[i] = false;
    }
    std::size_t to = 0;
    for (std::size_t i = 0; i < measured.size(); ++i) {
        if (!keep[i]) continue;
        if (to != i) fingerprints[to] = std::move(fingerprints[i]), measured[to] = std::move(measured[i]);
        fingerprints[to].id = fmt::format("f{}", to + 1);
        ++to;
    }
    fingerprints.resize(to);
    measured.resize(to);
}

Proof prove(const Runs& runs, const std::vector<std::uint32_t>& failed, const Factor& factor) {
    Proof out;
    std::set<std::uint32_t> jobs;
    for (const std::uint32_t b : failed) jobs.insert(runs.job(b));
    double seconds = 0;
    std::uint64_t timed = 0;
    for (const std::uint32_t job : jobs)
        for (const std::uint32_t b : runs.of_job(job)) {
            const Build& build = runs.builds().all[b];
            ++out.at_risk;
            if (build.end > build.start) seconds += build.end - build.start, ++timed;
        }
    double hits = static_cast<double>(failed.size());
    if (factor.at_risk > 0) {
        out.at_risk = static_cast<std::uint64_t>(factor.at_risk);
        hits *= factor.share;
    }
    if (out.at_risk == 0 || failed.empty()) return out;
    out.rate = std::min(1.0, hits / static_cast<double>(out.at_risk));
    out.hours = timed == 0 ? 0 : seconds / static_cast<double>(timed) / 3600;
    out.clean_runs = clean_runs(out.rate);
    const Sequential test = sequential(out.rate);
    out.if_fixed = test.if_fixed;
    out.if_not_fixed = test.if_not_fixed;
    return out;
}

std::vector<int> classify(const Builds& builds, const std::vector<Measured>& measured) {
    std::vector<int> out(builds.all.size(), -1);
    for (std::size_t f = measured.size(); f-- > 0;)
        for (const std::uint32_t b : measured[f].failed) out[b] = static_cast<int>(f);
    return out;
}

}  // namespace gatesim::correlate
