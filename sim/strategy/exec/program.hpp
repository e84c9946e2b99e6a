// A program that is asked line by line: its standard input and output are ours, its standard error is the user's.
//
// The clock here is the wall's, and only says when to stop waiting: no result depends on it.
#pragma once

#include <sys/types.h>

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "model/time.hpp"

namespace gatesim::exec {

/// A command line as the words of a program and its arguments: separated by blanks, without a shell. As in one, '...'
/// and "..." keep blanks, and a backslash outside of '...' keeps the next character. Empty if a quote has no end.
std::vector<std::string> words_of(const std::string& command);

/// The words as a command line that words_of() gives back.
std::string command_of(const std::vector<std::string>& words);

/// The command with its program found: as it stands from the working directory, or in `folder` (of the scenario), or in
/// PATH. A command that is as a whole the name of a file there is that file, blanks and all. `problem` says why it
/// cannot be run (not there, not executable, no interpreter for it); empty if it can.
std::string located(const std::string& command, const std::string& folder, std::string& problem);

/// The files that a located command names: its program, and arguments that are files.
std::vector<std::string> files_of(const std::string& command);

class Program {
public:
    /// Starts it. `problem` says why not; then nullptr.
    static std::unique_ptr<Program> start(const std::string& command, std::string& problem);
    /// Closes its input and waits a second for it to end; then it is killed. Nothing of it is left.
    ~Program();
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    /// Says `line` (without a line end) and hears the answer, one line. False, with problem(), if none comes within
    /// `limit`, or none can come: it ended. After that it cannot be asked again.
    bool ask(const std::string& line, std::string& answer, Time limit);
    const std::string& problem() const { return problem_; }
    /// Whether the problem is the program's own. It is not if somebody, or the system, killed it, or if there is no
    /// interpreter for it.
    bool to_blame() const { return to_blame_; }
    /// What was said and heard last, for messages.
    std::string last_lines() const;

    const std::string& command() const { return command_; }

private:
    Program(std::string command, int socket, pid_t process)
        : command_(std::move(command)), socket_(socket), process_(process) {}
    bool exchange(const std::string& bytes, std::string& answer, Time limit);
    bool fail(const std::string& why);
    std::string how_it_ended();
    void remember(const char* who, const std::string& line);

    std::string command_;
    int socket_;
    pid_t process_;  // -1: waited for
    std::string unread_;
    std::string problem_;
    bool to_blame_ = true;
    bool answered_ = false;
    std::deque<std::string> last_;
};

/// As long as one lives, programs that have done their work are kept and used again: starting an interpreter takes
/// longer than many a replication. Not to be held while processes are forked.
class KeepPrograms {
public:
    KeepPrograms();
    ~KeepPrograms();
    KeepPrograms(const KeepPrograms&) = delete;
    KeepPrograms& operator=(const KeepPrograms&) = delete;
};

/// A program for the command: a kept one, or a new one.
std::unique_ptr<Program> engage(const std::string& command, std::string& problem);
/// It has done its work: keeps it if somebody wants that and it is well, ends it otherwise.
void release(std::unique_ptr<Program> program);

}  // namespace gatesim::exec
