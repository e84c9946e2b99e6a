// A folder in which one process at a time changes something.
#pragma once

#include <string>

namespace gatesim {

/// Held from its making to its end; whoever comes second waits. Where a disk knows no locks, or there is no such
/// folder, it is none.
class FolderLock {
public:
    /// How long to wait for others: an interrupt (see InterruptGuard) may end it, and then nothing is locked.
    enum class Wait { for_ever, until_interrupted };

    explicit FolderLock(const std::string& folder, Wait wait = Wait::for_ever);
    ~FolderLock();
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;

private:
    int folder_;
};

}  // namespace gatesim
