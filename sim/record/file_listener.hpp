// A listener that writes files of its own.
#pragma once

#include <string>

#include "record/ledger.hpp"

namespace gatesim {

class FileListener : public LedgerListener {
public:
    /// After the replication has ended. Empty if all is written, else what went wrong.
    virtual std::string finish() = 0;
};

}  // namespace gatesim
