#include "validate/lateness.hpp"

#include <algorithm>

namespace gatesim::validate {

namespace {

/// Upper ends of the classes on one side, from the nearest on; the last has none.
constexpr std::array<Time, kNearClass> kEnds = {30 * kMinute, kHour, 2 * kHour, 4 * kHour};

std::size_t class_of(Time late) {
    if (late == kNever) return kLateClasses - 1;
    const Time size = late < 0 ? -late : late;
    const auto out = static_cast<std::size_t>(std::lower_bound(kEnds.begin(), kEnds.end(), size) - kEnds.begin());
    return late < 0 ? kNearClass - out : kNearClass + out;
}

}  // namespace

const std::string& late_class_name(std::size_t number) {
    static const std::array<std::string, kLateClasses> names = {
        "more than 4 h too early", "2 to 4 h too early",         "1 to 2 h too early", "30 min to 1 h too early",
        "within 30 min",           "30 min to 1 h too late",     "1 to 2 h too late",  "2 to 4 h too late",
        "more than 4 h too late",  "never, in most replications"};
    return names.at(number);
}

Time late_by(const Stay& stay, Time said) {
    if (said == kNever) return kNever;
    return said < stay.left_lo ? said - stay.left_lo : said > stay.left_hi ? said - stay.left_hi : 0;
}

std::array<std::size_t, kLateClasses> late_classes(const Record& record, const Forecast& forecast, const Spans& part) {
    std::array<std::size_t, kLateClasses> out{};
    for (std::size_t i = 0; i < record.stays.size(); ++i) {
        const Stay& stay = record.stays[i];
        if (stay.gone() && part.holds(stay.left())) ++out[class_of(late_by(stay, forecast.left[i]))];
    }
    return out;
}

}  // namespace gatesim::validate
