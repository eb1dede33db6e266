#include "medley/core/archive.h"

#include "medley/core/hash.h"

#include <algorithm>
#include <bit>
#include <span>

namespace medley {
namespace {

static_assert(std::endian::native == std::endian::little,
              "archives are little-endian and mapped as they are");

constexpr char kMagic[8] = {'M', 'E', 'D', 'L', 'E', 'Y', 'A', 'R'};
constexpr std::uint64_t kAlignment = 64;

/// The last bytes of a file: where the table is, and a checksum over the table and these fields.
struct Footer {
  std::uint64_t table_offset;
  std::uint64_t table_size;
  std::uint64_t checksum;
  std::uint32_t version;
  std::uint32_t reserved;
  char magic[8];
};

struct Header {
  char magic[8];
  std::uint32_t version;
  std::uint32_t reserved;
};

std::uint64_t footer_checksum(std::string_view table, std::uint64_t table_offset, std::uint32_t version) {
  return xxh64(table, xxh64(&table_offset, sizeof table_offset, version));
}

std::size_t width_of(ArrayType type) {
  switch (type) {
    case ArrayType::u8: return 1;
    case ArrayType::i32:
    case ArrayType::f32: return 4;
    case ArrayType::i64:
    case ArrayType::f64: return 8;
  }
  return 0;
}

template <class T>
void append(std::string& out, T value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

void append(std::string& out, std::string_view text) {
  append(out, static_cast<std::uint32_t>(text.size()));
  out.append(text);
}

/// Takes fixed fields from the table; `ok` turns false instead of reading past the end.
class TableCursor {
 public:
  explicit TableCursor(std::string_view bytes) : bytes_(bytes) {}

  template <class T>
  T take() {
    T value{};
    if (bytes_.size() < sizeof value) {
      ok = false;
      return value;
    }
    std::ranges::copy(std::as_bytes(std::span(bytes_.substr(0, sizeof value))),
                      std::as_writable_bytes(std::span(&value, 1)).begin());
    bytes_.remove_prefix(sizeof value);
    return value;
  }
  std::string take_text() {
    const auto size = take<std::uint32_t>();
    if (!ok || bytes_.size() < size) {
      ok = false;
      return {};
    }
    std::string text(bytes_.substr(0, size));
    bytes_.remove_prefix(size);
    return text;
  }
  bool at_end() const { return bytes_.empty(); }

  bool ok = true;

 private:
  std::string_view bytes_;
};

}  // namespace

ArchiveWriter::ArchiveWriter(std::filesystem::path path, std::string_view kind) : file_(std::move(path)) {
  Header header{{}, kVersion, 0};
  std::memcpy(header.magic, kMagic, sizeof kMagic);
  file_.write(&header, sizeof header);
  put_text("kind", kind);
}

void ArchiveWriter::add(std::string_view name, ArrayType type, Verify verify, const void* data,
                        std::size_t count, std::size_t width) {
  static constexpr char kZeros[kAlignment] = {};
  const auto gap = (kAlignment - file_.position() % kAlignment) % kAlignment;
  file_.write(kZeros, gap);
  std::string full;
  for (const auto& scope : scopes_) full += scope + "/";
  full += name;
  entries_.push_back({full, type, verify, count, file_.position(), xxh64(data, count * width)});
  if (count > 0) file_.write(data, count * width);
}

void ArchiveWriter::put_text(std::string_view name, std::string_view text) {
  add(name, ArrayType::u8, Verify::at_load, text.data(), text.size(), 1);
}

void ArchiveWriter::put_texts(std::string_view name, std::span<const std::string> texts) {
  std::string bytes;
  std::vector<std::int64_t> offsets{0};
  for (const auto& text : texts) {
    bytes += text;
    offsets.push_back(static_cast<std::int64_t>(bytes.size()));
  }
  put_text(std::string(name) + ".bytes", bytes);
  put(std::string(name) + ".offsets", offsets);
}

void ArchiveWriter::enter(std::string_view prefix) {
  scopes_.emplace_back(prefix);
}

void ArchiveWriter::leave() {
  scopes_.pop_back();
}

void ArchiveWriter::commit() {
  std::string table;
  append(table, static_cast<std::uint32_t>(entries_.size()));
  for (const auto& entry : entries_) {
    append(table, std::string_view(entry.name));
    append(table, static_cast<std::uint32_t>(entry.type));
    append(table, static_cast<std::uint32_t>(entry.verify));
    append(table, entry.count);
    append(table, entry.offset);
    append(table, entry.checksum);
  }
  Footer footer{file_.position(), table.size(), 0, kVersion, 0, {}};
  footer.checksum = footer_checksum(table, footer.table_offset, kVersion);
  std::memcpy(footer.magic, kMagic, sizeof kMagic);
  file_.write(table);
  file_.write(&footer, sizeof footer);
  file_.commit();
}

ArchiveReader::ArchiveReader(const std::filesystem::path& path, std::string_view kind)
    : path_(path), map_(std::make_shared<const MappedFile>(path)) {
  read_table(kind);
}

void ArchiveReader::read_table(std::string_view kind) {
  const auto bytes = map_->text();
  const auto corrupt = [&](const char* what) {
    fail(ErrorCode::corrupt_data, "'{}' is damaged: {}", path_.string(), what);
  };
  Header header{};
  Footer footer{};
  if (bytes.size() < sizeof header || std::memcmp(bytes.data(), kMagic, sizeof kMagic) != 0) {
    fail(ErrorCode::corrupt_data, "'{}' is not a medley {} file", path_.string(), kind);
  }
  std::memcpy(&header, bytes.data(), sizeof header);
  if (header.version > ArchiveWriter::kVersion) {
    fail(ErrorCode::unsupported,
         "'{}' has format version {}, this program reads up to {}; make it again or update medley",
         path_.string(), header.version, ArchiveWriter::kVersion);
  }
  if (bytes.size() < sizeof header + sizeof footer) corrupt("it is cut short");
  std::memcpy(&footer, bytes.data() + bytes.size() - sizeof footer, sizeof footer);
  if (std::memcmp(footer.magic, kMagic, sizeof kMagic) != 0) corrupt("it is cut short");
  const auto body = bytes.size() - sizeof footer;
  if (footer.table_offset > body || footer.table_size != body - footer.table_offset)
    corrupt("its table is misplaced");
  const auto table = bytes.substr(footer.table_offset, footer.table_size);
  if (header.version != ArchiveWriter::kVersion || footer.version != header.version || header.reserved != 0 ||
      footer.reserved != 0 ||
      footer.checksum != footer_checksum(table, footer.table_offset, footer.version)) {
    corrupt("the checksum of its table does not hold");
  }

  TableCursor cursor(table);
  auto entries = std::make_shared<std::map<std::string, Entry, std::less<>>>();
  for (auto left = cursor.take<std::uint32_t>(); left > 0 && cursor.ok; --left) {
    auto name = cursor.take_text();
    Entry entry{};
    entry.type = static_cast<ArrayType>(cursor.take<std::uint32_t>());
    entry.verify = static_cast<Verify>(cursor.take<std::uint32_t>());
    entry.count = cursor.take<std::uint64_t>();
    entry.offset = cursor.take<std::uint64_t>();
    entry.checksum = cursor.take<std::uint64_t>();
    const auto width = width_of(entry.type);
    if (!cursor.ok || width == 0 || entry.offset % kAlignment != 0 || entry.offset > footer.table_offset ||
        entry.count > (footer.table_offset - entry.offset) / width) {
      corrupt("an array lies outside the file");
    }
    if (entry.verify != Verify::on_request && !intact(entry))
      corrupt(("the checksum of '" + name + "' does not hold").c_str());
    entries->emplace(std::move(name), entry);
  }
  if (!cursor.ok || !cursor.at_end()) corrupt("its table is cut short");
  entries_ = std::move(entries);
  if (get_text("kind") != kind) {
    fail(ErrorCode::corrupt_data, "'{}' is a medley {} file, expected {}", path_.string(), get_text("kind"),
         kind);
  }
}

bool ArchiveReader::intact(const Entry& entry) const {
  return xxh64(map_->bytes().data() + entry.offset, entry.count * width_of(entry.type)) == entry.checksum;
}

bool ArchiveReader::contains(std::string_view name) const {
  return entries_->find(prefix_ + std::string(name)) != entries_->end();
}

const ArchiveReader::Entry& ArchiveReader::find(std::string_view name, ArrayType type) const {
  const auto it = entries_->find(prefix_ + std::string(name));
  if (it == entries_->end() || it->second.type != type) {
    fail(ErrorCode::corrupt_data, "'{}' has no array '{}{}' of the type that is asked for", path_.string(),
         prefix_, name);
  }
  return it->second;
}

void ArchiveReader::wrong_length(std::string_view name, std::size_t expected, std::size_t found) const {
  fail(ErrorCode::corrupt_data, "'{}': array '{}{}' has {} elements, expected {}", path_.string(), prefix_,
       name, found, expected);
}

std::string ArchiveReader::get_text(std::string_view name) const {
  const auto bytes = get<std::uint8_t>(name);
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::vector<std::string> ArchiveReader::get_texts(std::string_view name) const {
  const auto bytes = get<std::uint8_t>(std::string(name) + ".bytes");
  const auto offsets = get<std::int64_t>(std::string(name) + ".offsets");
  std::vector<std::string> out;
  const auto size = static_cast<std::int64_t>(bytes.size());
  if (offsets.empty() || offsets.front() != 0 || offsets.back() != size ||
      !std::is_sorted(offsets.begin(), offsets.end())) {
    fail(ErrorCode::corrupt_data, "'{}': the offsets of '{}{}' do not fit", path_.string(), prefix_, name);
  }
  for (std::size_t i = 0; i + 1 < offsets.size(); ++i) {
    out.emplace_back(reinterpret_cast<const char*>(bytes.data()) + offsets[i],
                     static_cast<std::size_t>(offsets[i + 1] - offsets[i]));
  }
  return out;
}

ArchiveReader ArchiveReader::inside(std::string_view prefix) const {
  ArchiveReader out = *this;
  out.prefix_ += std::string(prefix) + "/";
  return out;
}

std::vector<std::string> ArchiveReader::damaged() const {
  std::vector<std::string> out;
  for (const auto& [name, entry] : *entries_) {
    if (!intact(entry)) out.push_back(name);
  }
  return out;
}

}  // namespace medley
