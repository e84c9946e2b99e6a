#include "scenario/token_cursor.hpp"

namespace gatesim::document {

void TokenCursor::step() {
    const char c = text_[offset_++];
    if (c == '\n') {
        ++position_.line;
        position_.column = 1;
    } else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) {  // a character counts once, however many bytes it has
        ++position_.column;
    }
}

void TokenCursor::skip_between() {
    while (offset_ < text_.size()) {
        const char c = text_[offset_];
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ',' || c == ':') {
            step();
        } else if (c == '/') {
            step();
            const bool block = here('*');
            if (block) step();
            while (offset_ < text_.size()) {
                if (!block && (here('\n') || here('\r'))) break;
                const bool star = here('*');
                step();
                if (block && star && here('/')) {
                    step();
                    break;
                }
            }
        } else {
            return;
        }
    }
}

void TokenCursor::skip_token() {
    if (offset_ >= text_.size()) return;
    const char first = text_[offset_];
    step();
    if (first == '{' || first == '}' || first == '[' || first == ']') return;
    if (first == '"') {
        while (offset_ < text_.size() && !here('"')) {
            if (here('\\')) step();
            if (offset_ < text_.size()) step();
        }
        if (offset_ < text_.size()) step();
        return;
    }
    while (offset_ < text_.size() &&
           std::string_view(" \t\r\n,:{}[]\"/").find(text_[offset_]) == std::string_view::npos) {
        step();
    }
}

Position TokenCursor::next() {
    skip_between();
    const Position begin = position_;
    skip_token();
    return begin;
}

Position TokenCursor::locate(std::string_view text, std::size_t offset, std::uint32_t source) {
    TokenCursor cursor(text, source);
    while (cursor.offset_ < offset && cursor.offset_ < text.size()) cursor.step();
    return cursor.position_;
}

}  // namespace gatesim::document
