#include "import/importer.hpp"

#include <algorithm>

namespace gatesim::import {

namespace {

std::vector<std::unique_ptr<const Forge>>& known() {
    static std::vector<std::unique_ptr<const Forge>> forges;  // filled before main()
    return forges;
}

}  // namespace

bool register_forge(Forge forge) {
    known().push_back(std::make_unique<const Forge>(std::move(forge)));
    return true;
}

const std::vector<const Forge*>& forges() {
    static const std::vector<const Forge*> sorted = [] {
        std::vector<const Forge*> out;
        for (const auto& forge : known()) out.push_back(forge.get());
        std::sort(out.begin(), out.end(), [](const Forge* a, const Forge* b) { return a->name < b->name; });
        return out;
    }();
    return sorted;
}

}  // namespace gatesim::import
