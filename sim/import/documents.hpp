// Cuts exports into records: JSON documents one after another, whatever stands between them, with their lists taken
// apart element by element. So a list of any length is read in the memory of one element.
//
// Read are: one document; several one after another, as a program prints them that fetches page after page; a line each
// (JSON lines); an array of documents, or of arrays of them. Before a document may stand a byte order mark, Gerrit's
// line )]}', a script's "var NAME =" and white space. A document that is broken is passed by up to the next line that
// begins with { or [.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "import/byte_source.hpp"
#include "import/importer.hpp"

namespace gatesim::import {

/// Who is given what the documents hold.
class RecordTaker {
public:
    virtual ~RecordTaker() = default;
    /// Another document begins.
    virtual void document() = 0;
    /// An element of the list `list`; without a name: a document, or an element of an array of documents, that has no
    /// list.
    virtual void record(std::string_view list, const Json& record) = 0;
    /// What stands beside the lists of a document, which are empty in it.
    virtual void rest(const Json& rest) = 0;
    /// A document that cannot be read: the place, and what is wrong there without its text.
    virtual void broken(FilePlace place, const std::string& what) = 0;
};

/// Reads to the end. `lists` are the names of the lists; one in an element of another is a part of that element.
void cut_documents(ByteSource& source, const std::vector<std::string>& lists, RecordTaker& taker);

/// The same for text: each line, without its end, is a record of the list "line". Empty lines are none.
void cut_lines(ByteSource& source, RecordTaker& taker);

}  // namespace gatesim::import
