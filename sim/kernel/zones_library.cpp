// Time zones from the library: what an ordinary build uses.

#include <date/tz.h>

#include <exception>
#include <map>
#include <memory>

#include "kernel/zones.hpp"

namespace gatesim::zones {

namespace {

class LibraryZone final : public Zone {
public:
    explicit LibraryZone(const date::time_zone& zone) : zone_(zone) {}

    Spell at(std::int64_t second) const override {
        const date::sys_info info = zone_.get_info(date::sys_seconds{std::chrono::seconds(second)});
        return {info.begin.time_since_epoch().count(), info.end.time_since_epoch().count(), info.offset.count()};
    }

private:
    const date::time_zone& zone_;
};

}  // namespace

const Zone* find(const std::string& name) {
    static std::map<std::string, std::unique_ptr<LibraryZone>> known;
    try {
        auto& zone = known[name];
        if (!zone) zone = std::make_unique<LibraryZone>(*date::locate_zone(name));
        return zone.get();
    } catch (const std::exception&) {
        return nullptr;
    }
}

std::vector<std::string> names() {
    std::vector<std::string> out;
    try {
        for (const auto& zone : date::get_tzdb().zones) out.push_back(zone.name());
    } catch (const std::exception&) {
        out.clear();
    }
    return out;
}

}  // namespace gatesim::zones
