// Delimited text: either an error of ours, or rows whose lines rise and whose fields are UTF-8.
// The first byte chooses delimiter, quoting, encoding and a small or a large row limit.
#include "medley/core/error.h"
#include "medley/core/utf8.h"
#include "medley/data/csv.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace medley::data;
  if (size == 0) return 0;
  const char* const delimiters[] = {",", "\t", "::", ""};
  CsvOptions options;
  options.delimiter = delimiters[data[0] & 3];
  options.quotes = (data[0] & 4) == 0;
  options.encoding = (data[0] & 8) == 0 ? Encoding::utf8 : Encoding::latin1;
  if ((data[0] & 16) != 0) options.max_row_bytes = 32;
  try {
    CsvReader reader(open_memory({reinterpret_cast<const char*>(data) + 1, size - 1}, "input"), options);
    std::int64_t line = 0;
    while (reader.next()) {
      if (reader.line() <= line) std::abort();
      line = reader.line();
      if (reader.good() == reader.fields().empty()) std::abort();
      for (const auto field : reader.fields()) {
        if (medley::first_invalid_utf8(field) != std::string_view::npos) std::abort();
      }
      if (reader.good() && reader.text().size() > options.max_row_bytes) std::abort();
      reader.expect_fields((data[0] & 32) != 0 ? reader.fields().size() : 0);
    }
  } catch (const medley::Error&) {
  }
  return 0;
}
