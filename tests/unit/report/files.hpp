// Small tables in a folder of the test's own.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace gatesim::report {

/// The path of a new file with that content.
inline std::string file_with(const std::string& name, const std::string& content) {
    const std::string folder =
        testing::TempDir() + "gatesim-report-" + testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::create_directories(folder);
    std::ofstream(folder + "/" + name, std::ios::binary) << content;
    return folder + "/" + name;
}

}  // namespace gatesim::report
