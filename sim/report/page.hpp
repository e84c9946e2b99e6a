// The page in the making: sections of text, pictures and tables, in one file that asks for nothing from outside.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "picture/canvas.hpp"

namespace gatesim::report {

/// A table of texts; all but the first column are set to the right.
struct TextTable {
    std::vector<std::string> head;
    std::vector<std::vector<std::string>> rows = {};
    std::string note = {};  ///< below it
};

class Page {
public:
    /// Everything until the next section belongs to it. `id` is its anchor.
    void section(const std::string& id, const std::string& heading);
    /// A whole section with an anchor of that name, made elsewhere.
    void part(const std::string& id, const std::string& heading, const std::string& html);
    void paragraph(const std::string& text);
    void list(const std::vector<std::string>& items);
    void table(const TextTable& table);
    /// What can be opened: a heading and text that keeps its lines.
    void verbatim(const std::string& heading, const std::string& text);
    /// HTML as it is.
    void raw(const std::string& html) { body_ += html; }

    /// A picture with a heading, and its table to be opened. `draw` is asked for it twice: as wide as a page (or half
    /// of it: `half`), and as narrow as a telephone; the page shows the one that fits. What is too high for paper is
    /// shown there as `on_paper` draws it instead; empty = as it is.
    void figure(const std::string& id, const std::string& heading, const std::string& desc, bool half,
                const std::function<std::string(const picture::About&)>& draw, const TextTable& table,
                const std::function<std::string(const picture::About&)>& on_paper = {});

    /// The figure of that id is also drawn alone, half as wide as a page.
    void want(const std::string& id) { wanted_ = id; }
    /// That drawing; empty if there was no such figure.
    const std::string& wanted() const { return drawn_; }

    /// The whole document.
    std::string finish(const std::string& title, const std::string& header);

private:
    void close_section();

    std::string body_;
    std::string contents_;  ///< links to the sections
    bool open_ = false;
    std::string wanted_, drawn_;
};

}  // namespace gatesim::report
