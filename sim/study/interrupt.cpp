#include "study/interrupt.hpp"

#include <csignal>

namespace gatesim {

namespace {

volatile std::sig_atomic_t asked = 0;
bool hangup_ignored = false;

void ask(int) {
    asked = asked + 1;
}

void handle(int signal, void (*handler)(int)) {
    struct sigaction action {};
    action.sa_handler = handler;
    sigemptyset(&action.sa_mask);
    sigaction(signal, &action, nullptr);  // without SA_RESTART: a waiting parent wakes up
}

}  // namespace

InterruptGuard::InterruptGuard() {
    asked = 0;
    handle(SIGINT, ask);
    handle(SIGTERM, ask);
    struct sigaction before {};
    hangup_ignored = sigaction(SIGHUP, nullptr, &before) == 0 && before.sa_handler == SIG_IGN;
    if (!hangup_ignored) handle(SIGHUP, ask);
}

InterruptGuard::~InterruptGuard() {
    handle(SIGINT, SIG_DFL);
    handle(SIGTERM, SIG_DFL);
    if (!hangup_ignored) handle(SIGHUP, SIG_DFL);
}

int InterruptGuard::count() {
    return asked;
}

void InterruptGuard::in_worker() {
    handle(SIGINT, SIG_IGN);
    handle(SIGHUP, SIG_IGN);
    handle(SIGTERM, ask);
}

}  // namespace gatesim
