// How a scenario is written from an inference: document.cpp has the whole, document_jobs.cpp jobs and machines.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "infer/document.hpp"

namespace gatesim::infer {

inline std::string time_text(double s) {
    return fmt::format("{:.3f}s", std::max(s, 0.001));
}
inline std::string share_text(double share) {
    return fmt::format("{:.4g}%", 100 * std::clamp(share, 0.0, 1.0));
}

/// The words of a scenario, one part after another.
class Writer {
    using Json = nlohmann::ordered_json;

public:
    Writer(const import::Records& records, const Inference& in, const Choices& choices)
        : records_(records), in_(in), choices_(choices) {
        for (const JobEstimate& j : in.jobs) waits_ = waits_ || (j.used && j.waits_as_it_did);
    }

    Documents write();

private:
    void guess(const std::string& what) { out_.guessed.push_back(what); }
    bool takes(const std::string& parameter) const {
        return std::find(choices_.parameters.begin(), choices_.parameters.end(), parameter) !=
               choices_.parameters.end();
    }

    std::string load();
    Json load_part();
    Json strategy();
    Json pools_part();
    Json jobs();
    Json job(const JobEstimate& estimate);
    Json without_runs();
    Json projects();
    Json failures();
    std::string pool_name(import::Texts::Id label) const { return label == 0 ? "default" : records_.texts[label]; }

    /// The pool of a job that waits as it did.
    static std::string wait_name(const JobEstimate& j) { return "machines of " + j.name; }

    const import::Records& records_;
    const Inference& in_;
    const Choices& choices_;
    bool waits_ = false;  ///< some job waits as it did
    Documents out_;
};

}  // namespace gatesim::infer
