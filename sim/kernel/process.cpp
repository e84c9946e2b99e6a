#include "kernel/process.hpp"

#include <array>
#include <memory>
#include <new>
#include <stdexcept>
#include <vector>

#include "kernel/sanitized.hpp"

namespace gatesim {

namespace {

// Under the address sanitizer every frame is a block of its own, so that uses after free are seen.
constexpr bool kPooled = !kSanitized;

constexpr std::size_t kStep = 64;
constexpr std::size_t kClasses = 32;  // frames up to 2 KiB; larger ones are rare and go to the heap
constexpr std::size_t kBlock = 64 * 1024;

class FramePool {
public:
    void* take(std::size_t size) {
        Link*& list = free_[size_class(size)];
        if (!list) refill(list, (size_class(size) + 1) * kStep);
        Link* frame = list;
        list = frame->next;
        return frame;
    }

    void give(void* frame, std::size_t size) noexcept {
        Link*& list = free_[size_class(size)];
        list = ::new (frame) Link{list};
    }

private:
    struct Link {
        Link* next;
    };

    static std::size_t size_class(std::size_t size) { return (size - 1) / kStep; }

    void refill(Link*& list, std::size_t size) {
        blocks_.push_back(std::make_unique<std::byte[]>(kBlock));
        std::byte* const block = blocks_.back().get();
        for (std::size_t at = kBlock / size; at-- > 0;) list = ::new (block + at * size) Link{list};
    }

    std::array<Link*, kClasses> free_{};
    std::vector<std::unique_ptr<std::byte[]>> blocks_;
};

FramePool& pool() {
    thread_local FramePool frames;
    return frames;
}

thread_local const void* last_frame = nullptr;

}  // namespace

void* allocate_frame(std::size_t size) {
    void* const frame = !kPooled || size > kStep * kClasses ? ::operator new(size) : pool().take(size);
    last_frame = frame;
    return frame;
}

void free_frame(void* frame, std::size_t size) noexcept {
    if (!kPooled || size > kStep * kClasses) {
        ::operator delete(frame, size);
    } else {
        pool().give(frame, size);
    }
}

void check_frame(const void* frame) {
#if defined(__GNUC__) && !defined(__clang__)
    if (frame == last_frame) return;
    throw std::logic_error(
        "process: the compiler misplaced this coroutine's frame; give the result of each co_await to a variable");
#else
    (void)frame;
#endif
}

}  // namespace gatesim
