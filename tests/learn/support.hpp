// A lesson in a folder of its own, to be tampered with.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "learn/author_test.hpp"
#include "learn/texts.hpp"

namespace gatesim::learn {

class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "gatesim-test-XXXXXX").string();
        path_ = ::mkdtemp(name.data());
    }
    ~TemporaryFolder() { std::filesystem::remove_all(path_); }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

/// A copy of the warm-up, which is small and has a bit of everything.
class LessonCopy {
public:
    LessonCopy() {
        folder_ = temporary_.path() + "/00-warm-up";
        std::filesystem::copy(std::string(LESSONS) + "/00-warm-up", folder_, std::filesystem::copy_options::recursive);
    }

    std::string path(const std::string& file) const { return folder_ + "/" + file; }
    const std::string& folder() const { return folder_; }

    void write(const std::string& file, const std::string& content) const {
        std::ofstream(path(file), std::ios::binary) << content;
    }
    /// Replaces a piece of a file that must be there.
    void replace(const std::string& file, const std::string& what, const std::string& by) const {
        std::string text = read_text(path(file)).value_or("");
        const std::size_t at = text.find(what);
        ASSERT_NE(at, std::string::npos) << file << " lacks " << what;
        write(file, text.replace(at, what.size(), by));
    }

    Lesson read() const {
        std::vector<Diagnostic> problems;
        auto out = read_lesson(folder_, problems);
        EXPECT_TRUE(out) << text(problems);
        return std::move(out).value_or(Lesson{});
    }
    std::string complaints() const {
        std::vector<Diagnostic> problems;
        EXPECT_FALSE(read_lesson(folder_, problems));
        return text(problems);
    }

    LessonReport test() const {
        AuthorOptions options;
        options.jobs = 2;
        options.scratch = temporary_.path() + "/scratch";
        return test_lesson(folder_, options);
    }
    const std::string& scratch() const { return temporary_.path(); }

private:
    TemporaryFolder temporary_;
    std::string folder_;
};

/// What the report complains of, all together; empty if nothing.
inline std::string troubles(const LessonReport& report) {
    std::string out;
    for (const Exhibit& e : report.exhibits)
        if (!e.fine) out += e.what + ": " + e.trouble + "\n";
    return out;
}

}  // namespace gatesim::learn
