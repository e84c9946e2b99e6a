#include "study/forecast.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <limits>
#include <memory>

#include "load/arrival_clock.hpp"
#include "model/people.hpp"

namespace gatesim {

namespace {

namespace fs = std::filesystem;

// Measured with `run --replications 1 --jobs 1 --tables none` (SimGrid's engine, g++ -O2, x86-64): peak of the resident
// set and processor time, the difference between a small scenario and a large one of each kind.
//  - arrivals, one job of 1 s, zuul, serial and github: 240,000 changes 145 to 170 MiB, 1.0 to 1.4 s; 960,000 changes
//    525 to 595 MiB, 3.9 to 6.0 s;
//  - arrivals, ten jobs of 9 min, zuul: 120,000 changes 95 MiB, 1.7 s; 480,000 changes 320 MiB, 8.1 s;
//  - people: havana-2013 (8,700 changes) 60 MiB, 3.4 s; openstack-2013 (10,700) 66 MiB, 4.2 s; small-team with 100
//    contributors instead of 8, where most changes wait for readers (22,400), 134 MiB, 66 s;
//  - 10,000 listed changes, all at once: 225 MiB while the window held each chain by itself.
constexpr double kProcess = 38.0 * (1 << 20);  // whatever it simulates
constexpr double kBytesOfChange = 650;         // that is kept for ever
constexpr double kBytesOfListed = 4000;        // its part of the document, of the scenario and of the queue as well
constexpr double kBytesOfPeoplesChange = 4500;
constexpr double kBytesOfPerson = 600;
constexpr double kSecondsOfChange = 3e-6;
constexpr double kSecondsOfBuild = 1.2e-6;
constexpr double kSecondsOfPeoplesChange = 500e-6;
constexpr double kTestedAgain = 1.5;  // builds for each one that would do, if nothing failed

/// What is usual at most: where a scenario is beyond it farthest is what makes it large.
constexpr double kUsualRate = 100.0 / 3600;
constexpr double kUsualLength = 400.0 * 86400;
constexpr double kUsualPeople = 3000;
constexpr double kUsualActivity = 30;
constexpr double kUsualJobs = 50;

double length_of(const Scenario& scenario, Time until) {
    const Time length = std::min(scenario.period.length, until);
    return length == kNever ? std::numeric_limits<double>::infinity() : std::max(0.0, seconds(length));
}

/// Rows of a regular file, without its head.
double rows_of(const std::string& path) {
    std::error_code ignored;
    if (!fs::is_regular_file(path, ignored)) return 0;
    std::ifstream in(path, std::ios::binary);
    const auto block = std::make_unique<std::array<char, 1 << 16>>();
    std::ptrdiff_t lines = 0;
    while (in.read(block->data(), block->size()), in.gcount() > 0)
        lines += std::count(block->begin(), block->begin() + in.gcount(), '\n');
    return static_cast<double>(std::max<std::ptrdiff_t>(0, lines - 1));
}

double mean_of(const PowerLaw& law) {
    double sum = 0, weighted = 0;
    for (int k = law.least; k <= law.most; ++k) {
        sum += std::pow(k, -law.exponent);
        weighted += k * std::pow(k, -law.exponent);
    }
    return sum > 0 ? weighted / sum : 0;
}

/// Jobs that a change runs at most: those of the project that has most, in the gate alone or in all its pipelines.
double jobs_of(const Scenario& scenario, bool all_pipelines) {
    double most = 0;
    for (const Project& project : scenario.projects) {
        double jobs = 0;
        for (const ProjectPipeline& config : project.pipelines)
            if (all_pipelines || scenario.pipelines[config.pipeline].manager == Manager::dependent)
                jobs += static_cast<double>(config.jobs.size());
        most = std::max(most, jobs);
    }
    return most;
}

/// Which of the keys is farthest beyond what is usual.
struct Suspect {
    std::string key;
    double beyond = 0;

    void accuse(const std::string& other, double how_far) {
        if (how_far > beyond) *this = {other, how_far};
    }
};

void add_people(const Scenario& scenario, double length, Forecast& out, Suspect& suspect) {
    const PeopleLoad& people = *scenario.load.people;
    const double cycle = std::max(1.0, seconds(people.contributors.cycle));
    const double each = mean_of(people.contributors.activity) * length / cycle;
    const double series = people.changes.series.empty() ? 0 : people.changes.series.front();
    const double changes = people.contributors.count * each * (1 + std::min(1.0, series));
    const double sets = std::min<double>(people.rework.most, 1 / std::max(0.02, 1 - people.rework.mean));
    out.changes += changes;
    out.builds += changes * sets * jobs_of(scenario, true) * kTestedAgain;
    out.bytes +=
        changes * kBytesOfPeoplesChange + people.contributors.count * std::max(1.0, length / cycle) * kBytesOfPerson;
    out.seconds += changes * kSecondsOfPeoplesChange;
    suspect.accuse("/load/people/contributors", people.contributors.count / kUsualPeople);
    suspect.accuse("/load/people/activity",
                   mean_of(people.contributors.activity) / (cycle / 86400 / 180) / kUsualActivity);
}

double first_number(const fs::path& file) {
    std::ifstream in(file);
    double number = 0;
    return in >> number ? number : std::numeric_limits<double>::infinity();  // "max", or not there
}

}  // namespace

Forecast forecast(const Scenario& scenario, Time until) {
    Forecast out;
    Suspect suspect;
    const double length = length_of(scenario, until);
    const Load& load = scenario.load;
    out.bytes = kProcess;
    if (load.listed) {
        const auto listed = static_cast<double>(load.listed->changes.size());
        out.changes += listed;
        out.builds += listed * jobs_of(scenario, true) * kTestedAgain;
        out.bytes += listed * kBytesOfListed;
        suspect.accuse("/load/changes", listed / 1e5);
    }
    if (load.replay) {
        const double rows =
            rows_of((fs::path(scenario.folder.empty() ? "." : scenario.folder) / load.replay->file).string());
        out.changes += rows;
        out.builds += rows * jobs_of(scenario, false) * kTestedAgain;
        out.bytes += rows * kBytesOfChange;
        suspect.accuse("/load/replay", rows / 1e5);
    }
    if (load.arrivals) {
        double count = expected_arrivals(*load.arrivals, length);
        if (load.arrivals->limit > 0) count = std::min(count, static_cast<double>(load.arrivals->limit));
        out.changes += count;
        out.builds += count * jobs_of(scenario, false) * kTestedAgain;
        out.bytes += count * kBytesOfChange;
        suspect.accuse("/load/arrivals/rate", load.arrivals->per_second.highest() / kUsualRate);
        if (load.arrivals->limit > 0)
            suspect.accuse("/load/arrivals/limit", static_cast<double>(load.arrivals->limit) / 1e6);
    }
    if (load.people && length < std::numeric_limits<double>::infinity()) add_people(scenario, length, out, suspect);
    if (length < std::numeric_limits<double>::infinity()) suspect.accuse("/period/length", length / kUsualLength);
    suspect.accuse("/jobs", jobs_of(scenario, true) / kUsualJobs);
    out.seconds += out.changes * kSecondsOfChange + out.builds * kSecondsOfBuild;
    out.key = suspect.key;
    return out;
}

double memory_of_machine() {
    double least = static_cast<double>(::sysconf(_SC_PHYS_PAGES)) * static_cast<double>(::sysconf(_SC_PAGESIZE));
    std::ifstream groups("/proc/self/cgroup");
    for (std::string line; std::getline(groups, line);) {
        const std::size_t first = line.find(':'), second = line.find(':', first + 1);
        if (second == std::string::npos) continue;
        const std::string controllers = line.substr(first + 1, second - first - 1);
        const bool unified = controllers.empty();
        if (!unified && controllers.find("memory") == std::string::npos) continue;
        const fs::path root = unified ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory";
        const char* name = unified ? "memory.max" : "memory.limit_in_bytes";
        // In a container the path may be the host's; then the root is what holds here.
        fs::path group = root / fs::path(line.substr(second + 1)).relative_path();
        for (;; group = group.parent_path()) {
            least = std::min(least, first_number(group / name));
            if (group == root || group.native().size() <= root.native().size()) break;
        }
        least = std::min(least, first_number(root / name));
    }
    return least;
}

double memory_of_process() {
    double least = std::numeric_limits<double>::infinity();
    for (const auto which : {RLIMIT_AS, RLIMIT_DATA}) {
        struct rlimit limit {};
        if (::getrlimit(which, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
            least = std::min(least, static_cast<double>(limit.rlim_cur));
    }
    return least;
}

}  // namespace gatesim
