// zuul_cases --jsonl: cases of Zuul, a line each.
#include "conformance/case.hpp"
#include "conformance/record.hpp"

int main(int argc, char** argv) {
    return gatesim::answer_lines("zuul_cases", argc, argv, gatesim::run_case);
}
