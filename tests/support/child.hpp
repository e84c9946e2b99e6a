// Runs part of a test in a process of its own: SimGrid allows one engine a process, and its clock is never set back.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <exception>
#include <functional>
#include <stdexcept>
#include <string>

namespace gatesim::test {

/// Forks, runs `body` there and returns the text it made. What it throws is thrown here, as std::runtime_error with the
/// same message; a child that dies is a std::runtime_error too.
inline std::string in_child(const std::function<std::string()>& body) {
    int ends[2];
    if (pipe(ends) != 0) throw std::runtime_error("in_child: no pipe");
    std::fflush(nullptr);
    const pid_t child = fork();
    if (child < 0) throw std::runtime_error("in_child: no process");
    if (child == 0) {
        close(ends[0]);
        std::string text;
        try {
            text = "+";
            text += body();
        } catch (const std::exception& e) {
            text = std::string("-") + e.what();
        }
        for (std::size_t sent = 0; sent < text.size();) {
            const ssize_t n = write(ends[1], text.data() + sent, text.size() - sent);
            if (n < 0 && errno != EINTR) break;
            if (n > 0) sent += static_cast<std::size_t>(n);
        }
        close(ends[1]);
        std::fflush(nullptr);
        _exit(0);  // without the parent's clean-up
    }
    close(ends[1]);
    std::string text;
    char part[4096];
    for (;;) {
        const ssize_t n = read(ends[0], part, sizeof part);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) break;
        text.append(part, static_cast<std::size_t>(n));
    }
    close(ends[0]);
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 || text.empty()) {
        throw std::runtime_error("in_child: the child died, status " + std::to_string(status));
    }
    if (text[0] == '-') throw std::runtime_error(text.substr(1));
    return text.substr(1);
}

}  // namespace gatesim::test
