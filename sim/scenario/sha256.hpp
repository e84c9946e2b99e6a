// SHA-256 (FIPS 180-4), to name a scenario by its content.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace gatesim {

class Sha256 {
public:
    void add(std::string_view bytes);

    /// The digest as 64 hexadecimal digits. Ends the computation.
    std::string hex();

private:
    void block(const unsigned char* bytes);

    std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    std::array<unsigned char, 64> waiting_{};
    std::size_t waiting_bytes_ = 0;
    std::uint64_t bytes_ = 0;
};

std::string sha256_hex(std::string_view bytes);

/// Of a file's content, read in pieces; empty when it is no regular file or cannot be read.
std::string sha256_of_file(const std::string& path);

}  // namespace gatesim
