// What is known about who reads: a terminal or a file, colours or not; and how the program was called.
#pragma once

#include <string>
#include <string_view>

namespace gatesim {

/// How the user calls the program: GATESIM_CALLED_AS, or the first word of the command line. Printed commands begin
/// with it.
const std::string& called_as();
void set_called_as(const std::string& first_word);

/// "auto", "always" or "never"; what NO_COLOR, CLICOLOR_FORCE and TERM say counts for "auto".
void set_color(const std::string& choice);

enum class Style { plain, strong, good, bad, faint };

/// `text` in a style if stdout is a terminal that can. Colour never carries meaning alone.
std::string styled(std::string_view text, Style style);

/// Whether a progress bar can be drawn on stderr.
bool can_draw();

/// Columns of the terminal that stderr is now; 80 if it is none, or does not know.
std::size_t err_columns();

/// Columns for tables on stdout: those of the terminal, between 80 and 120; 80 if it is none.
std::size_t out_columns();

void print_out(std::string_view text);  ///< data
void print_err(std::string_view text);  ///< everything else; wrapped if stderr is a terminal

/// Each line broken at blanks so that it fits; what goes on begins so much further in than its line.
std::string wrapped(std::string_view text, std::size_t width, std::size_t further = 2);

/// False if stdout could not take everything (a full disk).
bool flush_out();

}  // namespace gatesim
