// A small world of builds with logs in memory, for tests of the engine.
#pragma once

#include <fmt/format.h>

#include <random>
#include <string>

#include "correlate/fingerprint.hpp"
#include "correlate/logs.hpp"

namespace gatesim::correlate {

/// Adds builds one by one; a build takes ten minutes and begins a minute after the one before.
class SmallWorld {
public:
    std::uint32_t add(const std::string& change, bool failed, const std::string& log, const std::string& region = "",
                      const std::string& with = "", const std::string& patchset = "1", const std::string& base = "b0") {
        const std::size_t n = logs.texts.size();
        const std::string wrong = logs.builds.add(
            {"build", "job", "result", "region", "change", "patchset", "tested_with", "base", "start", "end"},
            {fmt::format("b{}", n), "full", failed ? "FAILURE" : "SUCCESS", region, change, patchset, with, base,
             std::to_string(60 * n), std::to_string(60 * n + 600)});
        logs.builds.all.back().has_log = wrong.empty();
        logs.texts.push_back(log);
        return static_cast<std::uint32_t>(n);
    }

    /// Noise that good runs have too.
    std::string noise() {
        std::string out;
        for (const char* line :
             {"queue opened after 7 tries", "image 12 fetched", "lease renewed by 10.0.0.7", "ERROR mirror 3 is slow"})
            if (random_() % 2 == 0) out += std::string(line) + "\n";
        return out + "fetching sources\n";
    }

    struct Answer {
        Found found;
        std::vector<Fingerprint> fingerprints;
        std::vector<Measured> measured;
    };
    Answer answer() {
        Answer out;
        const Runs runs(logs.builds);
        std::vector<std::string> layers;
        const LayerRule rule = learn_layers(logs);
        const std::vector<Feature> features = read_features(logs, rule, layers);
        out.found = find_causes(runs, features, {});
        out.fingerprints = write_fingerprints(out.found.causes, features, layers, logs.builds);
        std::string problem;
        out.measured = measure(logs, rule, out.fingerprints, problem);
        prune(out.fingerprints, out.measured, {});
        return out;
    }

    TextLogs logs;

private:
    std::mt19937 random_{7};
};

}  // namespace gatesim::correlate
