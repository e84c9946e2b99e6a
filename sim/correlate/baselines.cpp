#include "correlate/baselines.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "correlate/mask.hpp"

namespace gatesim::correlate {

namespace {

bool has_error_word(const std::string& shape) {
    std::string low;
    for (const char c : shape) low += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    for (const char* word : {"error", "fatal", "critical", "exception", "fail"})
        if (low.find(word) != std::string::npos) return true;
    return false;
}

Baseline take(std::string name, std::vector<std::pair<double, std::uint32_t>> scores,
              const std::vector<Feature>& features, const std::vector<std::string>& layers, std::size_t most) {
    Baseline out;
    out.name = std::move(name);
    std::stable_sort(scores.begin(), scores.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<std::string> seen;
    for (const auto& [score, f] : scores) {
        if (out.fingerprints.size() == most) break;
        Fingerprint one;
        one.id = fmt::format("{}{}", out.name[0], out.fingerprints.size() + 1);
        one.all_of = {pattern_of(features[f].shape)};
        one.layer = layers[features[f].layer];
        if (one.all_of[0].size() < 4 || std::find(seen.begin(), seen.end(), one.all_of[0]) != seen.end()) continue;
        seen.push_back(one.all_of[0]);
        out.fingerprints.push_back(std::move(one));
    }
    return out;
}

}  // namespace

std::vector<Baseline> baselines(const std::vector<Feature>& features, const std::vector<std::string>& layers,
                                std::size_t most) {
    std::vector<std::pair<double, std::uint32_t>> frequent, lifted;
    for (std::uint32_t i = 0; i < features.size(); ++i) {
        const Feature& f = features[i];
        const double failed = static_cast<double>(f.failed.size()), passed = static_cast<double>(f.passed.size());
        if (has_error_word(f.shape)) frequent.push_back({failed, i});
        if (failed >= 3 && !f.everywhere) lifted.push_back({failed / (passed + 0.5), i});
    }
    return {take("most frequent errors", std::move(frequent), features, layers, most),
            take("lift without control", std::move(lifted), features, layers, most)};
}

}  // namespace gatesim::correlate
