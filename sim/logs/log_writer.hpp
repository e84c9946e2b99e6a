// Writes the builds of a replication as logs: FOLDER/builds.csv, FOLDER/truth.csv and FOLDER/logs/BUILD.gz, as
// `correlate` reads them.
#pragma once

#include <memory>
#include <string>

#include "logs/style.hpp"
#include "model/scenario.hpp"
#include "record/file_listener.hpp"

namespace gatesim::logs {

/// What to write, and where.
struct LogOptions {
    std::string folder;                  ///< must exist; empty = no logs
    std::shared_ptr<const Style> style;  ///< none = the usual one
    double passed = 0.3;                 ///< share of passed builds that have a log; failed ones all do
};

class LogWriter : public FileListener {
public:
    LogWriter(const LogOptions& options, const Cast& cast, std::uint64_t seed, std::uint32_t replication);
    ~LogWriter() override;

    void on(const Event& event, const Ledger& ledger) override;
    void settled(const LiveBuild& build, const LiveAttempt* attempt, Fate fate, const Ledger& ledger) override;

    std::string finish() override;

private:
    class Work;
    std::unique_ptr<Work> work_;
};

}  // namespace gatesim::logs
