// Time zones read from compiled files (TZif, RFC 8536), as every Linux has them in /usr/share/zoneinfo.
#pragma once

#include <memory>
#include <optional>

#include "kernel/zones.hpp"

namespace gatesim::zones {

/// Only the table of shifts is read, as the library does: after the last one clocks stay as they are.
class FileZone final : public Zone {
public:
    Spell at(std::int64_t second) const override;

    /// Nothing if the bytes are no such file, or a damaged one.
    static std::unique_ptr<FileZone> parse(const std::string& bytes);

private:
    struct Shift {
        std::int64_t at = 0, offset = 0;
    };
    std::vector<Shift> shifts_;  ///< the first one is before all time
};

/// The zones below a folder, by their path in it.
std::unique_ptr<FileZone> read_zone(const std::string& folder, const std::string& name);
std::vector<std::string> zone_files(const std::string& folder);

}  // namespace gatesim::zones
