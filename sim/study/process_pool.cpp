#include "study/process_pool.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <new>
#include <stdexcept>
#include <vector>

#include "study/interrupt.hpp"

namespace gatesim {

namespace {

struct Worker {
    std::uint32_t task;
    pid_t process;
    int pipe;
    std::string unread;  ///< the beginning of a line
};

void write_all(int descriptor, const std::string& bytes) {
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t n = ::write(descriptor, bytes.data() + done, bytes.size() - done);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) ::_exit(1);  // the parent is gone: nobody is left to work for
        done += static_cast<std::size_t>(n);
    }
}

constexpr int kOutOfMemory = 86;  // a status that nothing else ends with

/// Whoever is deep in a simulation and gets no memory can do nothing sensible any more.
void out_of_memory() {
    ::_exit(kOutOfMemory);
}

[[noreturn]] void be_a_worker(std::uint32_t number, int pipe, pid_t parent, const PoolTask& task) {
    InterruptGuard::in_worker();
    std::signal(SIGPIPE, SIG_IGN);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(1);
    std::set_new_handler(out_of_memory);
    int status = 0;
    try {
        task.work(number, [pipe](const std::string& line) { write_all(pipe, line + "\n"); });
    } catch (const std::length_error&) {  // more than a vector can have
        status = kOutOfMemory;
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "gatesim: %s\n", problem.what());
        status = 1;
    }
    std::fflush(nullptr);
    ::_exit(status);  // no destructors: the engine's would wait for things that belong to the parent
}

std::string problem_of(int status) {
    const std::string who = "the worker process ";
    if (WIFSIGNALED(status)) {
        const int signal = WTERMSIG(status);
        return who + "was killed by signal " + std::to_string(signal) + " (" + strsignal(signal) + ")" +
               (signal == SIGKILL ? ", as happens when the machine runs out of memory" : "");
    }
    if (WEXITSTATUS(status) == kOutOfMemory)
        return "out of memory: " + who + "got no more (fewer --jobs, fewer changes or a shorter period need less)";
    if (WEXITSTATUS(status) != 0) return who + "ended with status " + std::to_string(WEXITSTATUS(status));
    return "";
}

}  // namespace

unsigned available_processors() {
    cpu_set_t set;
    CPU_ZERO(&set);
    if (::sched_getaffinity(0, sizeof set, &set) != 0) return 1;
    return static_cast<unsigned>(std::max(1, CPU_COUNT(&set)));
}

PoolEnd run_in_processes(std::uint32_t count, unsigned jobs, const PoolTask& task) {
    PoolEnd end;
    std::vector<Worker> workers;
    std::uint32_t next = 0;
    int heard_interrupts = 0;

    const auto start = [&] {
        int pipes[2];
        if (::pipe2(pipes, O_CLOEXEC) != 0) return false;
        std::fflush(nullptr);  // or the worker would print it again
        const pid_t parent = ::getpid();
        const pid_t process = ::fork();
        if (process == 0) {
            ::close(pipes[0]);
            for (const Worker& other : workers) ::close(other.pipe);
            be_a_worker(next, pipes[1], parent, task);
        }
        ::close(pipes[1]);
        if (process < 0) {
            ::close(pipes[0]);
            return false;
        }
        workers.push_back({next++, process, pipes[0], ""});
        return true;
    };
    const auto listen = [&](Worker& worker) {  // false at the end of the pipe
        char buffer[1 << 16];
        const ssize_t n = ::read(worker.pipe, buffer, sizeof buffer);
        if (n < 0) return errno == EINTR || errno == EAGAIN;
        if (n == 0) return false;
        worker.unread.append(buffer, static_cast<std::size_t>(n));
        std::size_t from = 0;
        for (std::size_t to; (to = worker.unread.find('\n', from)) != std::string::npos; from = to + 1) {
            task.hear(worker.task, worker.unread.substr(from, to - from));
        }
        worker.unread.erase(0, from);
        return true;
    };
    const auto bury = [&](std::size_t index) {
        const Worker worker = workers[index];
        workers.erase(workers.begin() + static_cast<std::ptrdiff_t>(index));
        ::close(worker.pipe);
        int status = 0;
        struct rusage usage {};
        while (::wait4(worker.process, &status, 0, &usage) < 0 && errno == EINTR) {
        }
        end.peak_rss_kib = std::max(end.peak_rss_kib, usage.ru_maxrss);
        task.ended(worker.task, problem_of(status));
    };

    for (;;) {
        while (InterruptGuard::count() > heard_interrupts) {
            ++heard_interrupts;
            end.interrupted = true;
            for (const Worker& worker : workers) ::kill(worker.process, heard_interrupts == 1 ? SIGTERM : SIGKILL);
        }
        const bool more = next < count && !end.interrupted && !(task.enough && task.enough());
        while (more && workers.size() < std::max(1u, jobs) && next < count) {
            if (start()) continue;
            if (workers.empty()) {
                task.ended(next++, std::string("cannot start a worker process: ") + std::strerror(errno));
                return end;
            }
            break;  // no room for another process now
        }
        if (workers.empty()) return end;
        std::vector<pollfd> polls;
        for (const Worker& worker : workers) polls.push_back({worker.pipe, POLLIN, 0});
        const int ready = ::poll(polls.data(), polls.size(), 200);
        for (std::size_t i = polls.size(); ready > 0 && i-- > 0;) {
            if (polls[i].revents != 0 && !listen(workers[i])) bury(i);
        }
        if (task.tick) task.tick();
    }
}

}  // namespace gatesim
