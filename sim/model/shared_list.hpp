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
        if (list.empty() || before.size_ + 1 < list.size() || list.size() == 1) return SharedList(list);
        const std::size_t shared = list.size() - 1;
        std::vector<T>& whole = *before.whole_;
        const std::size_t end = before.from_ + before.size_;
        if (!std::equal(list.begin(), list.end() - 1, whole.begin() + static_cast<std::ptrdiff_t>(end - shared)))
            return SharedList(list);
        if (end < whole.size() && whole[end] != list.back()) return SharedList(list);
        if (end == whole.size()) whole.push_back(list.back());
        SharedList out;
        out.whole_ = before.whole_;
        out.from_ = end - shared;
        out.size_ = list.size();
        return out;
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
