#include "command/terminal.hpp"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace gatesim {

namespace {

std::string name = "gatesim";
std::string color = "auto";

bool set_and_not_empty(const char* variable) {
    const char* value = std::getenv(variable);
    return value && *value;
}

bool dumb() {
    const char* term = std::getenv("TERM");
    return !term || std::strcmp(term, "dumb") == 0 || *term == 0;
}

bool colored() {
    if (color != "auto") return color == "always";
    if (set_and_not_empty("NO_COLOR")) return false;
    const char* force = std::getenv("CLICOLOR_FORCE");
    if (force && *force && std::strcmp(force, "0") != 0) return true;
    return ::isatty(STDOUT_FILENO) && !dumb();
}

}  // namespace

const std::string& called_as() {
    return name;
}

void set_called_as(const std::string& first_word) {
    const char* called = std::getenv("GATESIM_CALLED_AS");
    name = called && *called ? called : shell_quoted(first_word);
}

void set_color(const std::string& choice) {
    color = choice;
}

std::string styled(std::string_view text, Style style) {
    std::string plain(text);
    if (style == Style::plain || !colored()) return plain;
    const char* code = style == Style::strong ? "1" : style == Style::good ? "34" : style == Style::bad ? "31;1" : "2";
    return std::string("\x1b[") + code + "m" + plain + "\x1b[0m";
}

bool can_draw() {
    return ::isatty(STDERR_FILENO) && !dumb();
}

std::string shell_quoted(const std::string& word) {
    const char* safe = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./=:,+@%";
    if (!word.empty() && word.find_first_not_of(safe) == std::string::npos) return word;
    std::string out = "'";
    for (char c : word) {
        if (c == '\'')
            out += "'\\''";
        else
            out += c;
    }
    return out + "'";
}

void print_out(std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stdout);
}
void print_err(std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stderr);
}

bool flush_out() {
    return std::fflush(stdout) == 0 && !std::ferror(stdout);
}

}  // namespace gatesim
