// Finds where each token of a JSON text begins, in step with a parser that has already accepted it.
//
// nlohmann's SAX parser tells what it read but not where. This cursor is asked once for every event and walks to the
// next token by itself; since the parser only reports tokens of a valid text, the two cannot get out of step.
#pragma once

#include <cstdint>
#include <string_view>

#include "scenario/node.hpp"

namespace gatesim::document {

class TokenCursor {
public:
    TokenCursor(std::string_view text, std::uint32_t source) : text_(text) { position_ = {source, 1, 1}; }

    /// Walks over blanks, comments, commas and colons to the next token, and behind it; gives where it began.
    Position next();

    /// Where the byte at `offset` stands, counted from the beginning of `text`.
    static Position locate(std::string_view text, std::size_t offset, std::uint32_t source);

private:
    void step();
    void skip_between();
    void skip_token();
    bool here(char c) const { return offset_ < text_.size() && text_[offset_] == c; }

    std::string_view text_;
    std::size_t offset_ = 0;
    Position position_;
};

}  // namespace gatesim::document
