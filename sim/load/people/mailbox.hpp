// What somebody waits for: news, or a time.
#pragma once

#include <cstdint>
#include <vector>

#include "kernel/calendar.hpp"
#include "kernel/process.hpp"

namespace gatesim {

/// Takes news for one process and hands them over in turn, by events of the calendar. News that come while nobody
/// waits are kept.
class Mailbox {
public:
    explicit Mailbox(Calendar& calendar) : calendar_(calendar) {}
    Mailbox(const Mailbox&) = delete;
    Mailbox& operator=(const Mailbox&) = delete;
    ~Mailbox() { close(); }

    /// What a wait that ends by its time gives.
    static constexpr std::uint64_t kDue = 0;

    /// Leaves news (not kDue); they are read from the next wave of this instant on.
    void put(std::uint64_t news) {
        kept_.push_back(news);
        if (done_ && !delivery_.generation) deliver_now();
    }

    /// For wait_for: `done` gets the first news, or kDue at `due` if none come before it (kNever: only news).
    void open(Calendar::Action done, void* context, Time due) {
        done_ = done;
        context_ = context;
        if (!kept_.empty())
            deliver_now();
        else if (due != kNever)
            timer_ = calendar_.at(
                due, Priority::deliver, [](void* self, std::uint64_t) { static_cast<Mailbox*>(self)->time_is_up(); },
                this);
    }

    void close() {
        calendar_.cancel(timer_);
        calendar_.cancel(delivery_);
        timer_ = delivery_ = {};
        done_ = nullptr;
    }

private:
    void deliver_now() {
        calendar_.cancel(timer_);
        timer_ = {};
        delivery_ = calendar_.at(
            calendar_.now(), Priority::deliver,
            [](void* self, std::uint64_t) { static_cast<Mailbox*>(self)->deliver(); }, this);
    }

    void deliver() {
        delivery_ = {};
        const std::uint64_t news = kept_.front();
        kept_.erase(kept_.begin());
        finish(news);
    }

    void time_is_up() {
        timer_ = {};
        finish(kDue);
    }

    void finish(std::uint64_t news) {
        const Calendar::Action done = done_;
        done_ = nullptr;
        done(context_, news);
    }

    Calendar& calendar_;
    std::vector<std::uint64_t> kept_;
    Calendar::Action done_ = nullptr;
    void* context_ = nullptr;
    Calendar::Handle timer_, delivery_;
};

/// co_await: the next news of a mailbox, or Mailbox::kDue at `due`.
inline auto next_news(Calendar& calendar, Mailbox& mailbox, Time due) {
    return wait_for(
        calendar, [&mailbox, due](Calendar::Action done, void* context) { mailbox.open(done, context, due); },
        [&mailbox] { mailbox.close(); });
}

}  // namespace gatesim
