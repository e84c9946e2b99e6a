#include "conformance/record.hpp"

#include <iostream>
#include <string>

namespace gatesim {

using Json = nlohmann::ordered_json;

Json number(Time time) {
    if (time % kSecond == 0) return time / kSecond;
    return seconds(time);
}

int answer_lines(const char* name, int argc, char** argv, const std::function<Json(const Json&)>& run) {
    if (argc != 2 || std::string(argv[1]) != "--jsonl") {
        std::cerr << "usage: " << name << " --jsonl < scenarios\n";
        return 2;
    }
    std::ios::sync_with_stdio(false);
    std::string line;
    while (std::getline(std::cin, line)) {
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        Json result;
        try {
            const auto json = Json::parse(line);
            result = run(json.is_object() && json.contains("scenario") ? json["scenario"] : json);
        } catch (const std::exception& problem) {
            result = {{"error", problem.what()}};
        }
        std::cout << result.dump() << '\n';
    }
    return 0;
}

}  // namespace gatesim
