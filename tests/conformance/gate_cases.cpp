// gate_cases --jsonl: one scenario of a case of Tide or bors-ng a line on standard input, one result a line on standard
// output. Lines that hold a whole case ({"scenario": …}) are accepted, too. A scenario that cannot be run gives
// {"error": …}.
#include <iostream>

#include "conformance/gate_case.hpp"

int main(int argc, char** argv) {
    if (argc != 2 || std::string(argv[1]) != "--jsonl") {
        std::cerr << "usage: gate_cases --jsonl < scenarios\n";
        return 2;
    }
    std::ios::sync_with_stdio(false);
    std::string line;
    while (std::getline(std::cin, line)) {
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        nlohmann::ordered_json result;
        try {
            const auto json = nlohmann::ordered_json::parse(line);
            result = gatesim::run_gate_case(json.is_object() && json.contains("scenario") ? json["scenario"] : json);
        } catch (const std::exception& problem) {
            result = {{"error", problem.what()}};
        }
        std::cout << result.dump() << '\n';
    }
    return 0;
}
