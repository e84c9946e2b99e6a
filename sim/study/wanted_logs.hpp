// Who writes build logs of replication 1, if somebody wants them. Fixed before a study begins; its workers, which are
// forked, know it, too. The study itself does not know what a log is.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "record/file_listener.hpp"

namespace gatesim {

using MakeLogs =
    std::function<std::unique_ptr<FileListener>(const Cast&, std::uint64_t seed, std::uint32_t replication)>;

/// Asks for them; an empty function asks for none.
void want_logs(MakeLogs make);

const MakeLogs& wanted_logs();

}  // namespace gatesim
