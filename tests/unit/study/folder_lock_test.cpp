#include "study/folder_lock.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <unistd.h>

namespace gatesim {
namespace {

/// Whether somebody else, who does not wait, gets the folder.
bool is_free(const std::string& folder) {
    const int other = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY);
    const bool got = ::flock(other, LOCK_EX | LOCK_NB) == 0;
    ::close(other);
    return got;
}

TEST(FolderLock, IsHeldUntilItsEnd) {
    const std::string folder = ::testing::TempDir();
    {
        const FolderLock lock(folder);
        EXPECT_FALSE(is_free(folder));
    }
    EXPECT_TRUE(is_free(folder));
    {
        const FolderLock lock(folder, FolderLock::Wait::until_interrupted);
        EXPECT_FALSE(is_free(folder));
    }
}

TEST(FolderLock, OfNoFolderIsNone) {
    const FolderLock one(::testing::TempDir() + "/no such folder");
    const FolderLock two(::testing::TempDir() + "/no such folder");  // would wait for ever
}

}  // namespace
}  // namespace gatesim
