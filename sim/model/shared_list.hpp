// Lists that begin alike keep what they have in common once.
//
// In a window of n changes each is tested on all that stand ahead of it: n lists with n²/2 entries in all, of which
// each is the one before it and one more. Kept as they are, a queue of 100,000 changes needs 20 GB.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace gatesim {

/// A list that does not change any more. Cheap to copy. It is a piece of a longer list that only ever grows at its end,
/// and that lives as long as anybody has a piece of it.
template <class T>
class SharedList {
public:
    SharedList() = default;

    /// A list of its own.
    explicit SharedList(std::span<const T> list)
        : whole_(std::make_shared<std::vector<T>>(list.begin(), list.end())), size_(list.size()) {}

    /// `list`, in the memory of `before` if it is `before` without what has gone from its front, and one more; and if
    /// nobody else went on from there in another way.
    static SharedList after(const SharedList& before, std::span<const T> list) {
        if (list.size() < 2 || before.size_ + 1 < list.size()) return SharedList(list);
        const std::size_t shared = list.size() - 1;
        if (!std::equal(list.begin(), list.end() - 1, before.end() - static_cast<std::ptrdiff_t>(shared)))
            return SharedList(list);
        return grown(before, before.size_ - shared, list.back());
    }

    /// `before` without its first `gone`, and one more: the same memory, unless somebody else went on from there in
    /// another way. `gone` is less than its size, or 0.
    static SharedList grown(const SharedList& before, std::size_t gone, const T& one) {
        if (before.empty()) return SharedList(std::span<const T>(&one, 1));
        std::vector<T>& whole = *before.whole_;
        const std::size_t from = before.from_ + gone, end = before.from_ + before.size_;
        SharedList out;
        out.size_ = end - from + 1;
        if (end < whole.size() && whole[end] != one) {
            out.whole_ = std::make_shared<std::vector<T>>(whole.begin() + static_cast<std::ptrdiff_t>(from),
                                                          whole.begin() + static_cast<std::ptrdiff_t>(end));
            out.whole_->push_back(one);
            return out;
        }
        if (end == whole.size()) whole.push_back(one);
        out.whole_ = before.whole_;
        out.from_ = from;
        return out;
    }

    /// Whether `other` begins as this one does: both are pieces of one memory from the same place on. False says
    /// nothing.
    bool begins(const SharedList& other) const {
        return whole_ && whole_ == other.whole_ && from_ == other.from_ && size_ <= other.size_;
    }

    /// The list without its last one, or as it is if it is empty.
    SharedList without_last() const {
        SharedList out = *this;
        out.size_ -= size_ > 0 ? 1 : 0;
        return out;
    }

    /// Good until the next list is made.
    std::span<const T> span() const {
        return whole_ ? std::span<const T>(*whole_).subspan(from_, size_) : std::span<const T>();
    }
    operator std::span<const T>() const { return span(); }  // NOLINT: it is one
    auto begin() const { return span().begin(); }
    auto end() const { return span().end(); }
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    const T& operator[](std::size_t i) const { return (*whole_)[from_ + i]; }
    const T& back() const { return (*whole_)[from_ + size_ - 1]; }

private:
    std::shared_ptr<std::vector<T>> whole_;
    std::size_t from_ = 0, size_ = 0;
};

}  // namespace gatesim
