#include "strategy/exec/program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <map>
#include <thread>

namespace gatesim::exec {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kRemembered = 6;
constexpr std::size_t kLongestShown = 400;
constexpr std::size_t kLongestAnswer = std::size_t{16} << 20;

/// In the child, after the fork: only what is safe there.
[[noreturn]] void become(const std::vector<char*>& words, int socket, int news, pid_t parent) {
    ::setpgid(0, 0);  // Ctrl-C is for us to hear; when we go, it goes
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(127);
    for (const int signal : {SIGINT, SIGTERM, SIGPIPE, SIGHUP, SIGXFSZ}) ::signal(signal, SIG_DFL);
    if (::dup2(socket, 0) >= 0 && ::dup2(socket, 1) >= 0) ::execvp(words.front(), words.data());
    const int why = errno;
    [[maybe_unused]] const ssize_t written = ::write(news, &why, sizeof why);
    ::_exit(127);
}

std::string shortened(const std::string& line) {
    return line.size() <= kLongestShown ? line : line.substr(0, kLongestShown) + "…";
}

int keepers = 0;
std::map<std::string, std::unique_ptr<Program>>& kept() {
    static std::map<std::string, std::unique_ptr<Program>> programs;
    return programs;
}

}  // namespace

std::unique_ptr<Program> Program::start(const std::string& command, std::string& problem) {
    std::vector<std::string> words = words_of(command);
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    int ends[2] = {-1, -1};
    int news[2] = {-1, -1};
    pid_t process = -1;
    const pid_t parent = ::getpid();
    if (!words.empty() && ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0 &&
        ::pipe2(news, O_CLOEXEC) == 0)
        process = ::fork();
    if (process == 0) become(arguments, ends[1], news[1], parent);
    int why = process < 0 ? errno : 0;
    for (const int end : {ends[1], news[1]})
        if (end >= 0) ::close(end);
    if (process > 0) {  // nothing comes if the program runs
        while (::read(news[0], &why, sizeof why) < 0 && errno == EINTR) {
        }
    }
    if (news[0] >= 0) ::close(news[0]);
    if (process < 0 || why != 0) {
        if (process > 0) ::waitpid(process, nullptr, 0);
        if (ends[0] >= 0) ::close(ends[0]);
        problem = "cannot start " + (words.empty() ? "nothing" : words.front()) + ": " + std::strerror(why);
        return nullptr;
    }
    ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
    return std::unique_ptr<Program>(new Program(command, ends[0], process));
}

Program::~Program() {
    ::close(socket_);
    if (process_ < 0) return;
    const auto patience = Clock::now() + std::chrono::seconds(1);
    auto nap = std::chrono::microseconds(100);
    while (problem_.empty() && ::waitpid(process_, nullptr, WNOHANG) == 0 && Clock::now() < patience) {
        std::this_thread::sleep_for(nap);
        nap = std::min(nap * 2, std::chrono::microseconds(20000));
    }
    ::kill(-process_, SIGKILL);  // and what it started
    while (::waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
    }
}

bool Program::fail(const std::string& why) {
    problem_ = why + last_lines();
    return false;
}

std::string Program::how_it_ended() {
    int status = 0;
    for (int naps = 0; ::waitpid(process_, &status, WNOHANG) == 0; ++naps) {  // it closed its output: is it ending?
        if (naps == 50) return "the program closed its output";
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    ::kill(-process_, SIGKILL);
    process_ = -1;
    if (WIFSIGNALED(status)) {
        const int signal = WTERMSIG(status);
        for (const int others : {SIGKILL, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGXCPU, SIGXFSZ})
            to_blame_ &= signal != others;  // nobody does that to himself
        return std::string("the program was ended by a signal: ") + strsignal(signal) +
               (signal == SIGKILL ? ", as happens when the machine runs out of memory" : "");
    }
    if (!answered_ && (WEXITSTATUS(status) == 127 || WEXITSTATUS(status) == 126)) {  // what env and shells say then
        to_blame_ = false;
        return "the program could not be started, or something that it needs (exit code " +
               std::to_string(WEXITSTATUS(status)) + ")";
    }
    return "the program ended by itself, with exit code " + std::to_string(WEXITSTATUS(status));
}

bool Program::exchange(const std::string& bytes, std::string& answer, Time limit) {
    const auto deadline = Clock::now() + std::chrono::microseconds(limit);
    std::size_t said = 0;
    std::size_t looked = 0;
    for (;;) {
        if (const std::size_t end = unread_.find('\n', looked); end != std::string::npos && said == bytes.size()) {
            answer = unread_.substr(0, end);
            unread_.erase(0, end + 1);
            return true;
        }
        looked = unread_.size();
        if (unread_.size() > kLongestAnswer) return fail("the program answered with a line of more than 16 MiB");
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
        if (left <= 0)
            return fail("the program did not answer within " + std::to_string(limit / 1000) +
                        " ms (time_limit says how long it may take)");
        pollfd wait{socket_, static_cast<short>(said < bytes.size() ? POLLIN | POLLOUT : POLLIN), 0};
        if (::poll(&wait, 1, static_cast<int>(std::min<long>(left, 1000))) <= 0) continue;
        if (wait.revents & POLLOUT) {
            const ssize_t n = ::send(socket_, bytes.data() + said, bytes.size() - said, MSG_NOSIGNAL);
            if (n > 0) said += static_cast<std::size_t>(n);
        }
        if (wait.revents & (POLLIN | POLLHUP | POLLERR)) {
            char buffer[1 << 16];
            const ssize_t n = ::recv(socket_, buffer, sizeof buffer, 0);
            if (n > 0) unread_.append(buffer, static_cast<std::size_t>(n));
            if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) return fail(how_it_ended());
        }
    }
}

bool Program::ask(const std::string& line, std::string& answer, Time limit) {
    if (!problem_.empty()) return false;
    if (!unread_.empty()) {
        remember("from it: ", unread_.substr(0, unread_.find('\n')));
        return fail(
            "the program said more than the one line it was asked for (what it prints for people belongs on "
            "standard error)");
    }
    remember("to it:   ", line);
    if (!exchange(line + "\n", answer, limit)) return false;
    remember("from it: ", answer);
    answered_ = true;
    return true;
}

void Program::remember(const char* who, const std::string& line) {
    last_.push_back(who + shortened(line));
    if (last_.size() > kRemembered) last_.pop_front();
}

std::string Program::last_lines() const {
    std::string text = "\nlast lines of " + command_ + ":";
    for (const std::string& line : last_) text += "\n  " + line;
    return text;
}

// ------------------------------------------------------------ used again

KeepPrograms::KeepPrograms() {
    ++keepers;
}

KeepPrograms::~KeepPrograms() {
    if (--keepers == 0) kept().clear();
}

std::unique_ptr<Program> engage(const std::string& command, std::string& problem) {
    const auto idle = kept().find(command);
    if (idle == kept().end()) return Program::start(command, problem);
    std::unique_ptr<Program> program = std::move(idle->second);
    kept().erase(idle);
    return program;
}

void release(std::unique_ptr<Program> program) {
    if (keepers > 0 && program && program->problem().empty()) kept()[program->command()] = std::move(program);
}

}  // namespace gatesim::exec
