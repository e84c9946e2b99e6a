#include "study/question.hpp"

#include "scenario/sha256.hpp"
#include "strategy/exec/program.hpp"
#include "strategy/registry.hpp"

namespace gatesim {

namespace {

/// The text parameter of a strategy names a program.
std::vector<std::string> programs_of(const StrategyChoice& choice) {
    std::vector<std::string> out;
    const auto strategy = find_strategy(choice.name);
    if (!strategy) return out;
    for (const Parameter& parameter : strategy->parameters)
        for (const auto& [name, value] : choice.values)
            if (parameter.kind == ParameterKind::text && parameter.name == name)
                out.push_back(std::get<std::string>(value));
    return out;
}

}  // namespace

const std::string& build_id() {
    static const std::string id = sha256_of_file("/proc/self/exe").substr(0, 16);
    return id;
}

std::string sha256_of_programs(const Scenario& scenario) {
    std::string all;
    for (const Pipeline& pipeline : scenario.pipelines)
        for (const std::string& command : programs_of(pipeline.strategy))
            for (const std::string& file : exec::files_of(command)) all += sha256_of_file(file) + "\n";
    return all.empty() ? "" : sha256_hex(all);
}

std::string sha256_of_arm(const Scenario& scenario) {
    const std::string programs = sha256_of_programs(scenario);
    return programs.empty() ? scenario.sha256 : sha256_hex(scenario.sha256 + programs);
}

}  // namespace gatesim
