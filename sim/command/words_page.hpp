// The page of `describe words`: our terms, and what Zuul, GitHub and GitLab call the same thing.
#pragma once

#include <string>
#include <vector>

namespace gatesim {

/// One of our words.
struct Term {
    const char* word;
    const char* meaning;
    const char* zuul;  ///< empty = it has no word for it
    const char* github;
    const char* gitlab;
};

const std::vector<Term>& terms();

/// The whole page.
std::string words_page();
/// About one word; empty if it is not ours.
std::string word_text(const std::string& word);

}  // namespace gatesim
