// Folders in the making: what a command writes stands aside until it is whole, and what a killed command left aside is
// known for what it is.
#pragma once

#include <string>
#include <vector>

namespace gatesim {

/// Folders that were made on the way to one, so that a command that writes nothing in the end leaves none of them.
class MadeFolders {
public:
    /// Makes `path` and what is missing above it. Empty, or what went wrong.
    std::string make(const std::string& path);
    /// Removes those of them that are empty.
    void undo();

private:
    std::vector<std::string> made_;  ///< outermost first
};

/// A folder for the files that are going to stand in `target`: inside it if it exists (so that a rename never leaves
/// the disk that `target` is on), else beside it. It is this process's alone: it is new, and a locked file in it says
/// that somebody is at work. What earlier processes left aside for the same target is removed, if they are gone.
class Aside {
public:
    /// Makes it; see problem().
    explicit Aside(const std::string& target);
    ~Aside();  ///< removes it, and the folders above it that were made for it
    Aside(const Aside&) = delete;
    Aside& operator=(const Aside&) = delete;

    const std::string& path() const { return path_; }
    /// What went wrong; empty = nothing.
    const std::string& problem() const { return problem_; }

    /// Gives the whole folder the target's name, if there is nothing of that name (an empty folder counts as nothing).
    /// False: there is something.
    bool become_target();

private:
    bool make(const std::string& path);

    std::string target_;
    std::string path_;
    std::string problem_;
    MadeFolders above_;
    int lock_ = -1;
};

/// Whether `name`, found in `folder`, is what a command of ours has aside, or left aside.
bool is_aside(const std::string& folder, const std::string& name);

}  // namespace gatesim
