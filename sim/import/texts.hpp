// Texts by number, each kept once and close together: a name of twelve letters costs some forty bytes, not a hundred
// and forty, and exports of a year name a million changes.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gatesim::import {

/// One of them: a view that stays good as long as its Texts, and becomes a string where one is wanted.
struct Text : std::string_view {
    Text(std::string_view text) : std::string_view(text) {}  // NOLINT(google-explicit-constructor): it is that text
    Text(const char* text) : std::string_view(text) {}       // NOLINT(google-explicit-constructor)
    operator std::string() const { return std::string(data(), size()); }  // NOLINT(google-explicit-constructor)

    friend std::string operator+(std::string before, Text text) { return before.append(text.data(), text.size()); }
    friend std::string operator+(Text text, const std::string& after) { return std::string(text) + after; }
    friend std::string operator+(Text text, const char* after) { return std::string(text) + after; }
};

class Texts {
public:
    using Id = std::uint32_t;

    Texts() { of(""); }
    Texts(Texts&&) = default;
    Texts& operator=(Texts&&) = default;

    /// 0 is the empty text.
    Id of(std::string_view text) {
        if (2 * places_.size() >= slots_.size()) grow();
        Id& slot = slot_of(text);
        if (slot == 0) {
            places_.push_back(keep(text));
            slot = static_cast<Id>(places_.size());
        }
        return slot - 1;
    }
    Text operator[](Id id) const {
        std::uint32_t size = 0;
        std::memcpy(&size, places_[id], sizeof size);
        return std::string_view(places_[id] + sizeof size, size);
    }
    std::size_t size() const { return places_.size(); }

private:
    static constexpr std::size_t kPiece = 1 << 16;

    /// Its length, and the text behind it.
    const char* keep(std::string_view text) {
        const auto size = static_cast<std::uint32_t>(text.size());
        const std::size_t needed = sizeof size + size;
        if (needed > left_) {
            left_ = std::max(kPiece, needed);
            pieces_.push_back(std::make_unique<char[]>(left_));
            free_ = pieces_.back().get();
        }
        char* const at = free_;
        std::memcpy(at, &size, sizeof size);
        if (size > 0) std::memcpy(at + sizeof size, text.data(), size);
        free_ += needed;
        left_ -= needed;
        return at;
    }
    /// FNV-1a, the same on every machine.
    static std::uint64_t mixed(std::string_view text) {
        std::uint64_t hash = 14695981039346656037u;
        for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
        return hash ^ hash >> 32;
    }
    Id& slot_of(std::string_view text) {
        const std::size_t mask = slots_.size() - 1;
        std::size_t at = static_cast<std::size_t>(mixed(text)) & mask;
        while (slots_[at] != 0 && (*this)[slots_[at] - 1] != text) at = (at + 1) & mask;
        return slots_[at];
    }
    void grow() {
        std::vector<Id>(std::max<std::size_t>(64, 2 * slots_.size()), 0).swap(slots_);
        for (Id id = 0; id < places_.size(); ++id) slot_of((*this)[id]) = id + 1;
    }

    std::vector<std::unique_ptr<char[]>> pieces_;
    char* free_ = nullptr;
    std::size_t left_ = 0;
    std::vector<const char*> places_;  ///< by number
    std::vector<Id> slots_;            ///< a power of two of them, at most half full: number + 1; 0: empty
};

}  // namespace gatesim::import
