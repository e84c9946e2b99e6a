// csv: the two tables themselves, checked, put in order, with pseudonyms.
#include "import/importer.hpp"

namespace gatesim::import {

namespace {

const bool kRegistered = register_forge(
    {.name = "csv",
     .summary = "The two tables themselves: entries.csv and runs.csv, or the folder of both",
     .how = "Write two tables, whatever your forge is. Their columns: gatesim describe entries.csv, and runs.csv.\n"
            "At least these (times are ISO 8601 in UTC, or Unix seconds):\n"
            "\n"
            "  entries.csv   entry,change,enqueued,left,outcome\n"
            "                1,101,2030-01-07T09:00:00Z,2030-01-07T09:41:06Z,landed\n"
            "  runs.csv      entry,group,state,job,attempt,created,started,ended,result\n"
            "                1,1,1,unit,1,2030-01-07T09:00:06Z,2030-01-07T09:00:20Z,2030-01-07T09:08:00Z,success\n"
            "\n"
            "  gatesim import csv FOLDER --out week\n",
     .lists = {},
     .reads = Reads::tables});

}  // namespace

}  // namespace gatesim::import
