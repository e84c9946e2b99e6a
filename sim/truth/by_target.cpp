#include "truth/by_target.hpp"

#include <algorithm>

namespace gatesim {

void ByTarget::add_to(List& list, std::uint32_t number) {
    if (gone_ && list.numbers.size() >= list.room) {
        std::erase_if(list.numbers, gone_);
        list.room = 2 * list.numbers.size() + 16;
    }
    list.numbers.push_back(number);
}

void ByTarget::add(std::uint32_t number, const Footprint& footprint) {
    if (!footprint.known || (footprint.targets.empty() && !footprint.everything)) return;
    add_to(all_, number);
    if (footprint.everything)
        add_to(everything_, number);
    else
        for (const std::uint32_t target : footprint.targets) add_to(by_target_[target], number);
}

void ByTarget::collect(const List& list, std::uint32_t from, std::uint32_t end) {
    const auto& numbers = list.numbers;
    const auto first = from == 0 ? numbers.begin() : std::lower_bound(numbers.begin(), numbers.end(), from);
    std::copy_if(first, numbers.end(), std::back_inserter(found_), [&](std::uint32_t number) { return number < end; });
}

std::span<const std::uint32_t> ByTarget::sharing(const Footprint& footprint, std::uint32_t from, std::uint32_t end) {
    found_.clear();
    if (!footprint.known || (footprint.targets.empty() && !footprint.everything)) return found_;
    collect(footprint.everything ? all_ : everything_, from, end);
    if (!footprint.everything)
        for (const std::uint32_t target : footprint.targets)
            if (const auto there = by_target_.find(target); there != by_target_.end())
                collect(there->second, from, end);
    std::sort(found_.begin(), found_.end());
    found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
    if (gone_) std::erase_if(found_, gone_);
    return found_;
}

}  // namespace gatesim
