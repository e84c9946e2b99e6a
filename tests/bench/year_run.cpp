#include "bench/year_run.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "bench/processor_time.hpp"
#include "kernel/calendar.hpp"
#include "kernel/engine.hpp"
#include "measure/meter.hpp"
#include "record/tables.hpp"
#include "scenario/load_scenario.hpp"
#include "strategy/registry.hpp"
#include "study/replication.hpp"

namespace gatesim::bench {
namespace {

/// From the kernel's own account of this program image: getrusage would remember the process that started it.
double peak_mib() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
    return 0;
}

void print(const Cost& cost) {
    fmt::print("{} {} {} {}\n", cost.builds, cost.events, cost.cpu_s, cost.peak_mib);
}

class BuildCounter final : public Observer {
public:
    void on(const Event& event) override { builds += event.kind == EventKind::build_started; }
    std::uint64_t builds = 0;
};

int run_year(const std::string& path, const std::string& engine, const std::string& changes, Listening listening) {
    LoadOptions options;
    options.sets = {"/load/arrivals/limit=" + changes};
    options.strategies = strategy_descriptions();
    const Loaded loaded = load_scenario(path, options);
    if (!loaded.scenario) {
        fmt::print(stderr, "{} cannot be loaded\n", path);
        return 2;
    }
    const Scenario& scenario = *loaded.scenario;
    Cast cast;
    cast.scenario = &scenario;
    BuildCounter counter;
    std::vector<Observer*> observers = {&counter};
    Ledger ledger(cast);
    Meter meter(scenario);
    std::vector<std::unique_ptr<TableWriter>> tables;
    const std::string folder =
        (std::filesystem::temp_directory_path() / fmt::format("bench_year.{}", getpid())).string();
    if (listening != Listening::nobody) {
        ledger.add(meter);
        observers.push_back(&ledger);
    }
    if (listening == Listening::tables) {
        std::filesystem::create_directories(folder);
        tables = make_table_writers(folder, cast, 1);
        for (auto& table : tables) ledger.add(*table);
    }
    const double before = cpu_seconds();
    const ReplicationResult result = run_replication(scenario, {.engine = engine}, cast, observers);
    for (auto& table : tables) table->finish();
    if (listening != Listening::nobody) meter.values();
    const double took = cpu_seconds() - before;
    std::filesystem::remove_all(folder);
    if (!result.broken.empty() || !result.unreadable.empty()) {
        fmt::print(stderr, "{}{}\n", result.broken, result.unreadable);
        return 3;
    }
    print({counter.builds, result.events, took, peak_mib()});
    return 0;
}

/// Events that do nothing but schedule their successor after a pseudo-random while.
struct Chain {
    Calendar calendar;
    std::uint64_t left = 0;
    std::uint64_t state = 1;

    void next() {
        if (left == 0) return;
        --left;
        state = state * 6364136223846793005u + 1442695040888963407u;
        calendar.at(
            calendar.now() + 1 + static_cast<Time>(state >> 40), Priority::deliver,
            [](void* self, std::uint64_t) { static_cast<Chain*>(self)->next(); }, this);
    }
};

int run_calendar(std::uint64_t events, std::uint64_t pending) {
    Chain chain;
    chain.left = events;
    const double before = cpu_seconds();
    for (std::uint64_t i = 0; i < pending; ++i) chain.next();
    make_heap_engine()->run(chain.calendar, kNever, {});
    print({1, chain.calendar.fired(), cpu_seconds() - before, peak_mib()});
    return 0;
}

}  // namespace

std::optional<Cost> measured(const std::vector<std::string>& arguments) {
    std::string command = std::filesystem::read_symlink("/proc/self/exe").string() + " --child";
    for (const std::string& argument : arguments) command += " '" + argument + "'";
    FILE* pipe = popen(command.c_str(), "r");
    if (!pipe) return std::nullopt;
    std::string text;
    char buffer[256];
    while (std::fgets(buffer, sizeof buffer, pipe)) text += buffer;
    if (pclose(pipe) != 0) return std::nullopt;
    Cost cost;
    std::istringstream in(text);
    if (!(in >> cost.builds >> cost.events >> cost.cpu_s >> cost.peak_mib)) return std::nullopt;
    return cost;
}

int child(const std::vector<std::string>& arguments) {
    if (arguments.size() == 3 && arguments[0] == "calendar")
        return run_calendar(std::stoull(arguments[1]), std::stoull(arguments[2]));
    if (arguments.size() != 5 || arguments[0] != "year") return 2;
    const std::string& listening = arguments[4];
    return run_year(arguments[1], arguments[2], arguments[3],
                    listening == "tables"  ? Listening::tables
                    : listening == "meter" ? Listening::meter
                                           : Listening::nobody);
}

}  // namespace gatesim::bench
