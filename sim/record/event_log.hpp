// events.jsonl: everything that happened, one JSON object a line, names instead of numbers where there are names.
#pragma once

#include <string>

#include "model/event.hpp"
#include "record/csv_writer.hpp"

namespace gatesim {

/// Writes what it hears. Fields that an event does not have are left out.
class EventLog : public Observer {
public:
    EventLog(const std::string& path, const Cast& cast, std::uint32_t replication)
        : file_(path), cast_(cast), replication_(replication) {}

    void on(const Event& event) override;

    /// Empty if the file is complete, else what went wrong.
    std::string finish() { return file_.commit(); }

private:
    WholeFile file_;
    const Cast& cast_;
    std::uint32_t replication_;
};

}  // namespace gatesim
