// gate_cases --jsonl: cases of Tide and bors-ng, a line each.
#include "conformance/gate_case.hpp"
#include "conformance/record.hpp"

int main(int argc, char** argv) {
    return gatesim::answer_lines("gate_cases", argc, argv, gatesim::run_gate_case);
}
