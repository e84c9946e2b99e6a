// A long list of rows that grows at its end and shrinks at its front, in pieces of 64 KiB: small enough for a few rows,
// and whole pages, so that what was freed can go back to the system.
#pragma once

#include <boost/container/deque.hpp>

namespace gatesim::import {

template <class T>
using RowList =
    boost::container::deque<T, void,
                            typename boost::container::deque_options<boost::container::block_bytes<(1u << 16)>>::type>;

}  // namespace gatesim::import
