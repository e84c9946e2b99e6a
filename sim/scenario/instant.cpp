#include "scenario/instant.hpp"

#include <date/date.h>
#include <fmt/format.h>

#include <optional>

#include "kernel/zones.hpp"
#include "scenario/errors.hpp"

namespace gatesim::units {

namespace {

/// Reads fixed-width digits and single characters from the front.
class Scanner {
public:
    explicit Scanner(std::string_view text) : rest_(text) {}

    std::optional<int> digits(std::size_t count) {
        if (rest_.size() < count) return std::nullopt;
        int value = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (rest_[i] < '0' || rest_[i] > '9') return std::nullopt;
            value = value * 10 + (rest_[i] - '0');
        }
        rest_.remove_prefix(count);
        return value;
    }

    bool take(char c) {
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }

    bool done() const { return rest_.empty(); }
    bool digit_next() const { return !rest_.empty() && rest_[0] >= '0' && rest_[0] <= '9'; }

private:
    std::string_view rest_;
};

struct Written {
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
    std::int64_t micros = 0;
    std::optional<int> offset_minutes;  ///< of the zone written behind the time
};

bool scan_date(Scanner& scan, Written& out) {
    const auto year = scan.digits(4);
    if (!year || !scan.take('-')) return false;
    const auto month = scan.digits(2);
    if (!month || !scan.take('-')) return false;
    const auto day = scan.digits(2);
    if (!day) return false;
    out.year = *year;
    out.month = *month;
    out.day = *day;
    return true;
}

bool scan_time(Scanner& scan, Written& out) {
    const auto hour = scan.digits(2);
    if (!hour || !scan.take(':')) return false;
    const auto minute = scan.digits(2);
    if (!minute) return false;
    out.hour = *hour;
    out.minute = *minute;
    if (!scan.take(':')) return true;
    const auto second = scan.digits(2);
    if (!second) return false;
    out.second = *second;
    if (!scan.take('.')) return true;
    if (!scan.digit_next()) return false;
    for (std::int64_t unit = 100'000; unit > 0 && scan.digit_next(); unit /= 10) out.micros += unit * *scan.digits(1);
    return true;
}

bool scan_offset(Scanner& scan, Written& out) {
    if (scan.done()) return true;
    if (scan.take('Z')) {
        out.offset_minutes = 0;
        return scan.done();
    }
    const bool minus = scan.take('-');
    if (!minus && !scan.take('+')) return false;
    const auto hours = scan.digits(2);
    if (!hours) return false;
    scan.take(':');
    const auto minutes = scan.digits(2);
    if (!minutes || *hours > 23 || *minutes > 59) return false;
    out.offset_minutes = (*hours * 60 + *minutes) * (minus ? -1 : 1);
    return scan.done();
}

std::optional<Written> scan_instant(std::string_view text) {
    Scanner scan(text);
    Written out;
    if (!scan_date(scan, out)) return std::nullopt;
    if (scan.done()) return out;
    if (!scan.take('T') && !scan.take(' ')) return std::nullopt;
    if (!scan_time(scan, out) || !scan_offset(scan, out)) return std::nullopt;
    return out;
}

/// Known without a time zone database.
bool is_utc(const std::string& zone) {
    return zone == "UTC" || zone == "Etc/UTC" || zone == "Z";
}

}  // namespace

const char* const kInstantPattern =
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?$";

bool looks_like_instant(std::string_view text) {
    Scanner scan(text);
    Written ignored;
    return scan_date(scan, ignored);
}

Reading<std::int64_t> read_instant(std::string_view text, const std::string& zone) {
    const auto written = scan_instant(text);
    if (!written) return {std::nullopt, "it is not written like 2013-06-24T09:30Z"};
    const date::year_month_day day(date::year(written->year), date::month(static_cast<unsigned>(written->month)),
                                   date::day(static_cast<unsigned>(written->day)));
    if (!day.ok()) return {std::nullopt, "there is no such day"};
    if (written->year < 1900 || written->year > 2900) return {std::nullopt, "its year is not from 1900 to 2900"};
    if (written->hour > 23 || written->minute > 59 || written->second > 59)
        return {std::nullopt, "there is no such time of day"};
    const auto local = date::local_days(day) + std::chrono::hours(written->hour) +
                       std::chrono::minutes(written->minute) + std::chrono::seconds(written->second) +
                       std::chrono::microseconds(written->micros);
    std::int64_t micros = local.time_since_epoch().count();
    if (written->offset_minutes) {
        micros -= std::int64_t{*written->offset_minutes} * kMinute;
    } else if (!is_utc(zone)) {
        const zones::Zone* place = zones::find(zone);
        if (!place) return {std::nullopt, "its time zone is not known here"};
        micros = zones::earliest(*place, micros);
    }
    return {micros, ""};
}

std::string zone_problem(const std::string& zone) {
    if (is_utc(zone) || zones::find(zone)) return "";
    return fmt::format("there is no time zone {}", document::quote(zone));
}

std::string nearest_zone(const std::string& zone) {
    std::vector<std::string> names = zones::names();
    if (names.empty()) return "";
    names.insert(names.begin(), "UTC");
    return document::nearest(zone, names);
}

}  // namespace gatesim::units
