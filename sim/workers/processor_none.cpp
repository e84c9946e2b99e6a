#include "workers/processors.hpp"

namespace gatesim {

namespace {

// A ticket is the handle of the calendar's event, so nothing needs to be remembered here.
class PlainProcessor final : public Processor {
public:
    explicit PlainProcessor(Calendar& calendar) : calendar_(calendar) {}

    std::uint64_t start(std::uint32_t, Time work, Calendar::Action done, void* context,
                        std::uint64_t argument) override {
        const auto handle = calendar_.at(calendar_.now() + work, Priority::deliver, done, context, argument);
        return static_cast<std::uint64_t>(handle.generation) << 32 | handle.slot;
    }

    void cancel(std::uint64_t ticket) override {
        calendar_.cancel({static_cast<std::uint32_t>(ticket), static_cast<std::uint32_t>(ticket >> 32)});
    }

private:
    Calendar& calendar_;
};

}  // namespace

std::unique_ptr<Processor> make_plain_processor(Calendar& calendar) {
    return std::make_unique<PlainProcessor>(calendar);
}

}  // namespace gatesim
