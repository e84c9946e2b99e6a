// One pool's nodes: which are free, which are up.
#pragma once

#include <cstdint>
#include <memory>
#include <queue>
#include <vector>

#include "model/scenario.hpp"
#include "workers/processor.hpp"

namespace gatesim {

class Fleet;

class NodePool {
public:
    explicit NodePool(const Pool& config);
    ~NodePool();

    const Pool& config() const { return config_; }
    std::int64_t size() const { return size_; }
    void resize(std::int64_t nodes) { size_ = most_ = nodes; }

    /// Of a pool that lives: how many nodes are idle and how many are busy, and how many there can be.
    void set_living(std::int64_t idle, std::int64_t busy) {
        busy_ = busy;
        size_ = idle + busy;
    }
    void set_most(std::int64_t most) { most_ = most; }

    /// Whether `count` more nodes can be handed out now.
    bool fits(int count) const { return size_ == kUnlimited || busy_ + count <= size_; }
    /// Whether `count` nodes could be handed out together if none were busy.
    bool could_ever_fit(int count) const { return most_ == kUnlimited || count <= most_; }

    /// Hands out the free node with the lowest number.
    std::uint32_t take() {
        ++busy_;
        if (free_.empty()) return next_++;
        const std::uint32_t node = free_.top();
        free_.pop();
        return node;
    }

    void put_back(std::uint32_t node) {
        --busy_;
        free_.push(node);
    }

    /// Whether the node is up already: only nodes that are used again stay up.
    bool is_up(std::uint32_t node) const { return !config_.single_use && node < up_.size() && up_[node]; }
    void set_up(std::uint32_t node) {
        if (config_.single_use) return;
        if (up_.size() <= node) up_.resize(node + 1);
        up_[node] = true;
    }

    std::unique_ptr<Processor> processor;  ///< nullptr: every node runs at full speed
    std::unique_ptr<Fleet> fleet;          ///< nullptr: its nodes are there all the time

private:
    const Pool& config_;
    std::int64_t size_;
    std::int64_t most_;
    std::int64_t busy_ = 0;
    std::uint32_t next_ = 0;
    std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, std::greater<>> free_;
    std::vector<bool> up_;
};

}  // namespace gatesim
