// Imports texts, as if they were files of an export.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "import/driver.hpp"
#include "import/tables.hpp"

namespace gatesim::import {

inline std::string read(const std::string& path) {
    std::ifstream in(path);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// What came of some texts.
struct Tables {
    std::string entries, runs;
    ImportResult result;

    std::uint64_t dropped() const {
        std::uint64_t sum = 0;
        for (const auto& [reason, n] : result.intake.dropped) sum += n;
        return sum;
    }
    /// Every record was used or dropped.
    void add_up() const { EXPECT_EQ(result.intake.read, result.intake.used + dropped()) << import_text(result); }
};

inline Tables import_texts(const std::string& forge, const std::vector<std::string>& texts) {
    const std::string folder =
        testing::TempDir() + "gatesim-forges-" + testing::UnitTest::GetInstance()->current_test_info()->name() + "/";
    std::filesystem::create_directories(folder);
    ImportOptions options;
    options.forge = forge;
    options.names.keep = true;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        options.files.push_back(folder + std::to_string(i) + ".json");
        std::ofstream(options.files.back()) << texts[i];
    }
    Tables tables;
    LoadError error;
    EXPECT_TRUE(import_files(options, tables.result, error)) << error.text;
    tables.entries = entries_csv(tables.result.records);
    tables.runs = runs_csv(tables.result.records);
    std::filesystem::remove_all(folder);
    return tables;
}

}  // namespace gatesim::import
