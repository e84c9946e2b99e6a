#include "command/size_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "command/command.hpp"
#include "command/terminal.hpp"
#include "scenario/load_scenario.hpp"
#include "study/forecast.hpp"

namespace gatesim {

namespace {

constexpr double kMiB = 1 << 20;
constexpr double kMuchMemory = 1024 * kMiB;
constexpr double kMuchTime = 600;  // seconds
constexpr double kMostChanges = 20e6;

/// Two digits are more than an estimate knows.
std::string count_text(double n) {
    if (n >= 1e9) return fmt::format("{:.2g} billion", n / 1e9);
    if (n >= 1e6) return fmt::format("{:.0f} million", std::max(1.0, n / 1e6));
    if (n >= 1e4) return fmt::format("{:.0f},000", n / 1e3);
    return fmt::format("{:.0f}", n);
}

std::string memory_text(double bytes) {
    return bytes >= kMuchMemory ? fmt::format("{:.0f} GiB", std::max(1.0, bytes / 1024 / kMiB))
                                : fmt::format("{:.0f} MiB", bytes / kMiB);
}

std::string time_text(double seconds) {
    if (seconds < 90) return fmt::format("{:.0f} s", std::max(1.0, seconds));
    if (seconds < 90 * 60) return fmt::format("{:.0f} min", seconds / 60);
    if (seconds < 48 * 3600) return fmt::format("{:.0f} h", seconds / 3600);
    return fmt::format("{:.0f} days", seconds / 86400);
}

/// "/load/arrivals/rate is \"8/s\" (shop.json:3:22)".
std::string cause_text(const std::string& scenario, const std::string& key, const Arguments& arguments) {
    const auto place = find_in_scenario(scenario, arguments.all("set"), key);
    if (!place) return key;
    const std::string value = place->value.size() <= 40 ? " is " + place->value : "";
    return fmt::format("{}{} ({})", key, value, place->where);
}

}  // namespace

Option force_option() {
    return {.name = "force",
            .kind = OptionKind::flag,
            .help = "Run it even if it needs more memory than there is, or has more than 20 million changes."};
}

bool size_is_fine(const SizeQuestion& question, const Arguments& arguments) {
    Forecast largest;
    double seconds = 0;
    for (const Scenario* arm : question.arms) {
        const Forecast one = forecast(*arm, question.until);
        seconds += one.seconds * static_cast<double>(question.replications);
        if (one.bytes > largest.bytes) largest = one;
    }
    const double tasks = static_cast<double>(question.replications * question.arms.size());
    const double at_once = std::min(tasks, static_cast<double>(std::max(1u, question.jobs)));
    const double bytes = largest.bytes * at_once;
    const double time = seconds / at_once;
    const double memory = memory_of_machine();
    const bool changes_fit = largest.changes <= kMostChanges;
    const bool memory_fits = bytes <= memory && largest.bytes <= memory_of_process();
    if (bytes <= kMuchMemory && time <= kMuchTime && changes_fit && memory_fits) return true;
    // Many small ones are many because somebody asked for many.
    const bool many = largest.bytes <= kMuchMemory && time > kMuchTime && time / tasks * at_once < 60 && changes_fit;
    const std::string cause =
        many ? fmt::format("{:.0f} replications", tasks) : cause_text(question.scenario, largest.key, arguments);
    print_err(fmt::format("! about {} changes a replication, {} of memory and {}: {}\n", count_text(largest.changes),
                          memory_text(bytes), time_text(time), cause));
    if ((changes_fit && memory_fits) || arguments.has("force")) return true;
    const std::string why =
        !changes_fit ? "that is more than 20 million changes"
        : largest.bytes > memory_of_process()
            ? fmt::format("a process may have no more than {} here", memory_text(memory_of_process()))
            : fmt::format("there are {} here{}", memory_text(memory),
                          at_once > 1 ? ", and fewer --jobs need less" : "");
    print_err(fmt::format("gatesim {}: not run: {}; --force runs it all the same\n", question.command, why));
    return false;
}

}  // namespace gatesim
