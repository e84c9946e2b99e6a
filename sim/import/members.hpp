// The stays that were tested together, front first. Runs of one group share one list: a queue of fifty with a dozen
// jobs each would else keep the same numbers six hundred times.
#pragma once

#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

namespace gatesim::import {

class Members {
public:
    using List = std::vector<std::uint32_t>;

    Members() = default;
    Members(List list) {  // NOLINT(google-explicit-constructor): it is that list
        if (!list.empty()) list_ = std::make_shared<const List>(std::move(list));
    }
    Members(std::initializer_list<std::uint32_t> list) : Members(List(list)) {}

    const List& list() const {
        static const List kNone;
        return list_ ? *list_ : kNone;
    }
    bool empty() const { return !list_; }
    std::size_t size() const { return list().size(); }
    auto begin() const { return list().begin(); }
    auto end() const { return list().end(); }
    bool operator==(const Members& other) const { return list() == other.list(); }

    /// Gives stays of many lists other numbers, and leaves out those that have none. Lists that were one stay one.
    class Renumber {
    public:
        /// `number`: of each stay the new one; `none`: it is gone.
        Renumber(const std::vector<std::uint32_t>& number, std::uint32_t none) : number_(number), none_(none) {}
        void operator()(Members& members) {
            if (members.empty()) return;
            const auto [known, fresh] = done_.try_emplace(members.list_.get());
            if (fresh) {
                List list;
                for (const std::uint32_t stay : members)
                    if (number_[stay] != none_) list.push_back(number_[stay]);
                known->second = {members, Members(std::move(list))};
            }
            members = known->second.second;
        }

    private:
        const std::vector<std::uint32_t>& number_;
        std::uint32_t none_;
        /// By the old list, which is held so that no other comes to stand where it was.
        std::unordered_map<const List*, std::pair<Members, Members>> done_;
    };

private:
    std::shared_ptr<const List> list_;
};

}  // namespace gatesim::import
