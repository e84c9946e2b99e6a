// events.jsonl: everything that happened, one JSON object a line, names instead of numbers where there are names.
#pragma once

#include <string>

#include "record/csv_writer.hpp"
#include "record/ledger.hpp"

namespace gatesim {

/// Writes what it hears. Fields that an event does not have are left out; what a build or a request belongs to is
/// added.
class EventLog : public LedgerListener {
public:
    EventLog(const std::string& path, const Cast& cast, std::uint32_t replication)
        : file_(path), cast_(cast), replication_(replication) {}

    bool wants_waits() const override { return true; }
    void on(const Event& event, const Ledger& ledger) override;

    /// Empty if the file is complete, else what went wrong.
    std::string finish() { return file_.commit(); }

private:
    WholeFile file_;
    const Cast& cast_;
    std::uint32_t replication_;
};

}  // namespace gatesim
