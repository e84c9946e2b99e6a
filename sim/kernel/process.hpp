// Processes: people, builds and machines as C++20 coroutines that wait on the calendar.
//
//     Process build(Calendar& calendar, Processor& cpu, CancelToken& token) {
//         const Wait boot = co_await sleep_for(calendar, kMinute, &token);
//         if (boot == Wait::cancelled) co_return;
//         ...
//     }
//     processes.start(build(calendar, cpu, token));
//
// A process is started once, runs to its first wait at once and in-line, and from then on is only ever resumed by an
// event of the calendar: neither completion nor cancellation re-enters the code that caused it. What a process takes as
// reference (calendar, token …) must outlive it; lambdas with captures must outlive their process, too (a coroutine
// does not keep its closure). An exception that leaves a process comes out of Calendar::work_off_instant (or of
// start()), and the process is gone.
#pragma once

#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <utility>

#include "kernel/calendar.hpp"

namespace gatesim {

class Processes;

/// What a coroutine function returns: a process that has not begun. Hand it to Processes::start; dropped, it never
/// begins.
class [[nodiscard]] Process {
public:
    struct promise_type;
    using Frame = std::coroutine_handle<promise_type>;

    Process(Process&& other) noexcept : frame_(std::exchange(other.frame_, nullptr)) {}
    Process& operator=(Process&&) = delete;
    ~Process() {
        if (frame_) frame_.destroy();
    }

private:
    friend class Processes;
    explicit Process(Frame frame) : frame_(frame) {}
    Frame frame_;
};

/// Memory of frames comes from free lists, so that ten million builds cost no more than the thousand alive at once.
void* allocate_frame(std::size_t size);
void free_frame(void* frame, std::size_t size) noexcept;

/// g++ 12 lays a frame out wrongly when a coroutine has no local variable at all and a co_await in the condition of an
/// if, while or switch. Throws std::logic_error if `frame` is not what was allocated last, instead of running into the
/// void.
void check_frame(const void* frame);

struct Process::promise_type {
    promise_type() = default;
    promise_type(const promise_type&) = delete;
    promise_type& operator=(const promise_type&) = delete;
    inline ~promise_type();

    Process get_return_object() {
        const Frame frame = Frame::from_promise(*this);
        check_frame(frame.address());
        return Process(frame);
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    inline void unhandled_exception();

    static void* operator new(std::size_t size) { return allocate_frame(size); }
    static void operator delete(void* frame, std::size_t size) { free_frame(frame, size); }

    Processes* owner = nullptr;
    promise_type* previous = nullptr;  ///< neighbours in the owner's list of the living
    promise_type* next = nullptr;
};

/// Owns the processes of one world. Destroying it destroys those that still wait, the youngest first; calendar and
/// tokens must still exist then.
class Processes {
public:
    Processes() = default;
    Processes(const Processes&) = delete;
    Processes& operator=(const Processes&) = delete;
    ~Processes() {
        while (youngest_) Process::Frame::from_promise(*youngest_).destroy();
    }

    /// Runs the process to its first wait. Rethrows what leaves it before.
    void start(Process process) {
        Process::Frame frame = std::exchange(process.frame_, nullptr);
        Process::promise_type& promise = frame.promise();
        promise.owner = this;
        promise.next = youngest_;
        if (youngest_) youngest_->previous = &promise;
        youngest_ = &promise;
        ++live_;
        resume(frame);
    }

    /// Processes that have begun and not ended.
    std::size_t live() const { return live_; }

    /// For awaitables: goes on with a waiting process, from an event of the calendar. Rethrows what leaves it.
    static void resume(Process::Frame frame) {
        Processes* owner = frame.promise().owner;
        frame.resume();
        if (owner->failure_) std::rethrow_exception(std::exchange(owner->failure_, nullptr));
    }

private:
    friend struct Process::promise_type;

    Process::promise_type* youngest_ = nullptr;
    std::size_t live_ = 0;
    std::exception_ptr failure_;
};

Process::promise_type::~promise_type() {
    if (!owner) return;
    if (next) next->previous = previous;
    (previous ? previous->next : owner->youngest_) = next;
    --owner->live_;
}

// Kept aside until the frame is gone: throwing on from here would leave it behind.
void Process::promise_type::unhandled_exception() {
    owner->failure_ = std::current_exception();
}

/// How a wait ended.
enum class Wait : std::uint8_t { done, cancelled };

class Waiter;

/// Takes a process's waiting back. Handed to every wait of the process, one wait at a time. Must outlive the process or
/// at least all its waits.
class CancelToken {
public:
    CancelToken() = default;
    CancelToken(const CancelToken&) = delete;
    CancelToken& operator=(const CancelToken&) = delete;

    /// The present wait, if there is one, and all later ones end with Wait::cancelled. The process goes on in the next
    /// wave of the present instant, never in-line. What it waited for is taken back at once. A second call does
    /// nothing.
    inline void cancel();

    bool cancelled() const { return cancelled_; }

private:
    friend class Waiter;
    Waiter* waiter_ = nullptr;
    bool cancelled_ = false;
};

/// The base of everything a process can wait for with a token: links token and frame, wakes the frame by an event.
class Waiter {
public:
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;

    bool await_ready() const noexcept { return token_ && token_->cancelled_; }

protected:
    Waiter(Calendar& calendar, CancelToken* token) : calendar_(calendar), token_(token) {}

    // Not virtual: an awaitable is destroyed by its own frame. Derived destructors call abandon().
    ~Waiter() = default;

    /// Notes who waits; `take_back` will be asked to take back what was started for it.
    void begin(Process::Frame frame, void (*take_back)(Waiter&)) {
        frame_ = frame;
        take_back_ = take_back;
        if (token_) token_->waiter_ = this;
    }

    /// For events of the calendar that mean "done": goes on with the process.
    void wake() {
        if (token_) token_->waiter_ = nullptr;
        Process::Frame frame = std::exchange(frame_, nullptr);
        wake_ = {};
        Processes::resume(frame);
    }

    Wait outcome() const { return token_ && token_->cancelled_ ? Wait::cancelled : Wait::done; }

    /// The frame is destroyed while it waits: nothing may come back to it.
    void abandon() {
        if (!frame_) return;
        if (token_ && token_->waiter_ == this) token_->waiter_ = nullptr;
        if (wake_.generation) {
            calendar_.cancel(wake_);
        } else {
            take_back_(*this);
        }
    }

    Calendar& calendar() { return calendar_; }

private:
    friend class CancelToken;

    void cancel() {
        take_back_(*this);
        wake_ = calendar_.at(
            calendar_.now(), Priority::deliver, [](void* self, std::uint64_t) { static_cast<Waiter*>(self)->wake(); },
            this);
    }

    Calendar& calendar_;
    CancelToken* token_;
    Process::Frame frame_ = nullptr;
    void (*take_back_)(Waiter&) = nullptr;
    Calendar::Handle wake_;  ///< of the wake-up after a cancellation
};

void CancelToken::cancel() {
    if (cancelled_) return;
    cancelled_ = true;
    if (Waiter* waiter = std::exchange(waiter_, nullptr)) waiter->cancel();
}

class SleepUntil final : public Waiter {
public:
    SleepUntil(Calendar& calendar, Time when, Priority priority, CancelToken* token)
        : Waiter(calendar, token), when_(when), priority_(priority) {}
    ~SleepUntil() { abandon(); }

    void await_suspend(Process::Frame frame) {
        event_ = calendar().at(
            when_, priority_, [](void* self, std::uint64_t) { static_cast<SleepUntil*>(self)->wake(); }, this);
        begin(frame, [](Waiter& self) {
            auto& sleep = static_cast<SleepUntil&>(self);
            sleep.calendar().cancel(sleep.event_);
        });
    }
    Wait await_resume() const { return outcome(); }

private:
    Time when_;
    Priority priority_;
    Calendar::Handle event_;
};

/// co_await: sleeps until an instant (not in the past; the present one: until its next wave).
inline SleepUntil sleep_until(Calendar& calendar, Time when, CancelToken* token = nullptr,
                              Priority priority = Priority::deliver) {
    return SleepUntil(calendar, when, priority, token);
}

/// co_await: sleeps for a length of time, zero included (then until the next wave).
inline SleepUntil sleep_for(Calendar& calendar, Time length, CancelToken* token = nullptr,
                            Priority priority = Priority::deliver) {
    return SleepUntil(calendar, calendar.now() + length, priority, token);
}

/// How a wait for a callback ended, and the argument that the callback was given (0 if cancelled).
struct Answer {
    Wait wait = Wait::done;
    std::uint64_t argument = 0;
};

template <typename Start, typename TakeBack>
class WaitFor final : public Waiter {
public:
    WaitFor(Calendar& calendar, CancelToken* token, Start start, TakeBack take_back)
        : Waiter(calendar, token), start_(std::move(start)), take_back_(std::move(take_back)) {}
    ~WaitFor() { abandon(); }

    void await_suspend(Process::Frame frame) {
        start_(
            [](void* self, std::uint64_t argument) {
                auto& wait = *static_cast<WaitFor*>(self);
                wait.argument_ = argument;
                wait.wake();
            },
            static_cast<void*>(this));
        begin(frame, [](Waiter& self) { static_cast<WaitFor&>(self).take_back_(); });
    }
    Answer await_resume() const { return {outcome(), outcome() == Wait::done ? argument_ : 0}; }

private:
    Start start_;
    TakeBack take_back_;
    std::uint64_t argument_ = 0;
};

/// co_await: waits for something that answers by a Calendar::Action (a Processor, a queue for nodes …).
///
/// `start(Calendar::Action done, void* context)` begins it; `done(context, argument)` must be called once, by an event
/// of the calendar and not from within `start`. `take_back()` makes sure that `done` will not be called; it runs when
/// the token is cancelled or the process destroyed while it waits.
template <typename Start, typename TakeBack>
WaitFor<Start, TakeBack> wait_for(Calendar& calendar, Start start, TakeBack take_back, CancelToken* token = nullptr) {
    return WaitFor<Start, TakeBack>(calendar, token, std::move(start), std::move(take_back));
}

}  // namespace gatesim
