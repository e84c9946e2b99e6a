// One JSON value in the making, from the events of a parser.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "import/importer.hpp"

namespace gatesim::import {

class JsonBuilder {
public:
    /// Whether an object or array is still open.
    bool open() const { return !open_.empty(); }
    std::size_t depth() const { return open_.size(); }
    /// Whether what comes next is the value of the key that key_name() gives.
    bool at_key() const { return open() && open_.back()->is_object(); }
    const std::string& key_name() const { return key_; }

    void key(std::string name) { key_ = std::move(name); }
    void begin(Json container) { open_.push_back(put(std::move(container))); }
    void end() { open_.pop_back(); }
    void scalar(Json value) { put(std::move(value)); }

    /// What was built, once nothing is open.
    const Json& value() const { return root_; }
    /// Forgets all, also what is half done.
    void clear() {
        open_.clear();
        root_ = nullptr;
    }

private:
    /// Where it stands from now on. Only the innermost container grows, so those around it stay where they are.
    Json* put(Json value) {
        if (open_.empty()) {
            root_ = std::move(value);
            return &root_;
        }
        Json& into = *open_.back();
        if (into.is_object()) return &(into[key_] = std::move(value));
        into.push_back(std::move(value));
        return &into.back();
    }

    Json root_;
    std::vector<Json*> open_;
    std::string key_;
};

}  // namespace gatesim::import
