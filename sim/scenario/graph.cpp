#include "scenario/graph.hpp"

#include <algorithm>

namespace gatesim::document {

std::vector<std::uint32_t> find_cycle(const std::vector<std::vector<std::uint32_t>>& needs) {
    enum class Mark : std::uint8_t { fresh, open, done };
    struct Step {
        std::uint32_t at;
        std::size_t next;
    };
    std::vector<Mark> mark(needs.size(), Mark::fresh);
    std::vector<Step> path;  // an explicit stack: chains may be as long as the scenario is large
    for (std::uint32_t start = 0; start < needs.size(); ++start) {
        if (mark[start] != Mark::fresh) continue;
        path.push_back({start, 0});
        mark[start] = Mark::open;
        while (!path.empty()) {
            Step& step = path.back();
            if (step.next == needs[step.at].size()) {
                mark[step.at] = Mark::done;
                path.pop_back();
                continue;
            }
            const std::uint32_t to = needs[step.at][step.next++];
            if (mark[to] == Mark::open) {
                const auto begin = std::find_if(path.begin(), path.end(), [&](const Step& s) { return s.at == to; });
                std::vector<std::uint32_t> cycle;
                for (auto it = begin; it != path.end(); ++it) cycle.push_back(it->at);
                return cycle;
            }
            if (mark[to] == Mark::fresh) {
                mark[to] = Mark::open;
                path.push_back({to, 0});
            }
        }
    }
    return {};
}

}  // namespace gatesim::document
