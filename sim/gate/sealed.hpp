// A value that everybody may read and that only the gate may write.
//
// A strategy is judged by what its items, trials and queues say: results, verdicts, who is where. They are handed to it
// as they are, so their fields are of this type: `item.landed` reads as a bool, and `item.landed = true` compiles in
// the gate alone. tests/property/forge has each way to try it.
#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

namespace gatesim {

template <class T>
constexpr bool kPoints = std::is_pointer_v<T> || requires(T value) {
    value.get();
};

template <class T>
class Sealed {
public:
    Sealed() = default;
    Sealed(T value) : value_(std::move(value)) {}  // NOLINT: a field's initialiser is a value
    Sealed(const Sealed&) = default;               // and no move: that would take the value away
    ~Sealed() = default;

    operator const T&() const { return value_; }  // NOLINT: it is read like one
    explicit operator bool() const requires kPoints<T> && std::is_class_v<T> { return static_cast<bool>(value_); }
    /// The value; of a pointer what it points to.
    auto& operator*() const {
        if constexpr (kPoints<T>) {
            return *value_;
        } else {
            return value_;
        }
    }
    auto operator->() const {
        if constexpr (kPoints<T>) {
            return &*value_;
        } else {
            return &value_;
        }
    }

    friend bool operator==(const Sealed& a, const Sealed& b) requires kPoints<T> && std::is_class_v<T> {
        return a.value_ == b.value_;
    }

    // Of a list.
    auto begin() const { return value_.begin(); }
    auto end() const { return value_.end(); }
    auto rbegin() const { return value_.rbegin(); }
    auto rend() const { return value_.rend(); }
    std::size_t size() const { return value_.size(); }
    bool empty() const { return value_.empty(); }
    decltype(auto) front() const { return value_.front(); }
    decltype(auto) back() const { return value_.back(); }
    decltype(auto) operator[](std::size_t i) const { return value_[i]; }

private:
    friend class Gate;
    friend struct Queue;
    friend struct Item;
    friend struct Attempt;

    Sealed& operator=(const Sealed&) = default;
    Sealed& operator=(T value) {
        value_ = std::move(value);
        return *this;
    }
    void operator++() { ++value_; }
    void operator--() { --value_; }
    void operator+=(const T& more) { value_ += more; }
    void operator|=(bool more) { value_ |= more; }
    T& open() { return value_; }

    T value_{};
};

}  // namespace gatesim
