#include <algorithm>
#include <utility>
#include <vector>

#include "load/people/assignment/assignment.hpp"

namespace gatesim {
namespace {

using Make = std::unique_ptr<Assignment> (*)();

std::vector<std::pair<std::string, Make>>& makers() {
    static std::vector<std::pair<std::string, Make>> all;
    return all;
}

}  // namespace

bool register_assignment(AssignmentDescription description, Make make) {
    makers().emplace_back(description.name, make);
    auto& known = known_assignments();
    const auto place =
        std::find_if(known.begin(), known.end(), [&](const auto& other) { return description.name < other.name; });
    known.insert(place, std::move(description));
    return true;
}

std::unique_ptr<Assignment> make_assignment(const std::string& name) {
    for (const auto& [known, make] : makers())
        if (known == name) return make();
    return nullptr;
}

}  // namespace gatesim
