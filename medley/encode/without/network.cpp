#include "medley/encode/network.h"

#include "medley/core/error.h"
#include "medley/encode/tokenizer.h"

// What a build without the runtime has in the place of openvino/: every use says so.

namespace medley::encode {
namespace {

[[noreturn]] void refuse(const std::filesystem::path& path) {
  fail(ErrorCode::unsupported,
       "'{}' needs OpenVINO, which this build leaves out (MEDLEY_ENCODE=OFF); configure with it, or take "
       "vectors made elsewhere by `file`",
       path.string());
}

}  // namespace

bool available() {
  return false;
}

// No object of these classes ever comes to be.
struct Network::Impl {};
struct Tokenizer::Impl {};

Network::Network(const std::filesystem::path& path, const NetworkOptions&) {
  refuse(path);
}
Network::~Network() = default;
Network::Network(Network&&) noexcept = default;
Network& Network::operator=(Network&&) noexcept = default;
const std::vector<Port>& Network::inputs() const {
  refuse({});
}
const Port& Network::output() const {
  refuse({});
}
std::int64_t Network::vocabulary(const std::string&) const {
  refuse({});
}
void Network::compile(int) const {
  refuse({});
}
Output Network::run(std::span<const Input>) const {
  refuse({});
}

Tokenizer::Tokenizer(const std::filesystem::path& path, int, int) {
  refuse(path);
}
Tokenizer::~Tokenizer() = default;
Tokenizer::Tokenizer(Tokenizer&&) noexcept = default;
Tokenizer& Tokenizer::operator=(Tokenizer&&) noexcept = default;
int Tokenizer::special() const {
  refuse({});
}
Tokens Tokenizer::encode(std::span<const std::string>) const {
  refuse({});
}
const Tokens::Column* Tokens::find(const std::string&) const {
  return nullptr;
}

}  // namespace medley::encode
