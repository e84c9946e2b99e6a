#include "study/folder_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

#include "study/interrupt.hpp"

namespace gatesim {

FolderLock::FolderLock(const std::string& folder, Wait wait)
    : folder_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    while (folder_ >= 0 && ::flock(folder_, LOCK_EX) != 0 && errno == EINTR) {
        if (wait == Wait::until_interrupted && InterruptGuard::count() > 0) return;
    }
}

FolderLock::~FolderLock() {
    if (folder_ >= 0) ::close(folder_);
}

}  // namespace gatesim
