// The player's script and style, embedded in the program when it was built (embed.cmake).
#pragma once

#include <string_view>
#include <vector>

namespace gatesim::page {

const std::vector<std::string_view>& player_script_pieces();
const std::vector<std::string_view>& player_style_pieces();

}  // namespace gatesim::page
