#include "command/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "model/shell_quoted.hpp"
#include "record/narrator.hpp"

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

/// 0 = unknown.
std::size_t columns_of(int descriptor) {
    struct winsize size {};
    return ::ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
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

std::size_t err_columns() {
    const std::size_t columns = columns_of(STDERR_FILENO);
    return columns > 0 ? columns : 80;
}

std::size_t out_columns() {
    return std::clamp<std::size_t>(columns_of(STDOUT_FILENO), 80, 120);
}

void print_out(std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stdout);
}
void print_err(std::string_view text) {
    // What draws on the terminal knows where it is.
    const bool drawn = text.find_first_of("\r\x1b") != std::string_view::npos;
    const std::string out = drawn || !::isatty(STDERR_FILENO) ? std::string(text) : wrapped(text, err_columns());
    std::fwrite(out.data(), 1, out.size(), stderr);
    // A question ends with a blank, before what is typed.
    if (text.ends_with(' ') && !out.ends_with(' ')) std::fputc(' ', stderr);
}

std::string wrapped(std::string_view text, std::size_t width, std::size_t further) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view line = text.substr(at, end - at);
        const std::size_t blanks = std::min(line.find_first_not_of(' '), line.size());
        out.append(blanks, ' ');
        out += wrap(std::string(line.substr(blanks)), width, blanks + further, blanks);
        if (end < text.size()) out += '\n';
        at = end + 1;
    }
    return out;
}

bool flush_out() {
    return std::fflush(stdout) == 0 && !std::ferror(stdout);
}

}  // namespace gatesim
