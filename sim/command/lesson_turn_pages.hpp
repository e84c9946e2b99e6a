// Texts that may be longer than the screen, and the keys that turn their pages.
#pragma once

#include <termios.h>

#include <string>

namespace gatesim {

/// The terminal gives keys one by one, without showing them, until this is gone.
class KeyMode {
public:
    KeyMode();
    ~KeyMode();
    KeyMode(const KeyMode&) = delete;
    KeyMode& operator=(const KeyMode&) = delete;

private:
    struct termios before_ {};
    bool changed_ = false;
};

/// The key that was pressed within the time; 0 = none, -1 = the terminal is gone.
int key_within(int milliseconds);

/// Prints a text to stdout. At a terminal that it does not fit it stops after each screenful: its beginning, where the
/// verdict stands, is seen first, and nothing scrolls away unread. Space goes on, q ends.
void print_page(const std::string& text);

}  // namespace gatesim
