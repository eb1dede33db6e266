#pragma once

#include "medley/data/dataset.h"
#include "medley/engine/recommend.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace medley::app {

/// Writes the lists of many users as one text, list by list.
class ListWriter {
 public:
  using Out = std::function<void(std::string_view)>;

  virtual ~ListWriter() = default;
  virtual void add(const std::string& user, const engine::RecommendAnswer& answer) = 0;
};

/// `csv`: a header, then user,rank,item,score,title, quoted as RFC 4180 says where a field needs it. `jsonl`:
/// one object a user, {"user","items":[{"id","score","title"}]}. Writes the header at once. Throws `usage`
/// for another format.
std::unique_ptr<ListWriter> make_list_writer(const std::string& format, const data::Dataset& names,
                                             ListWriter::Out out);

}  // namespace medley::app
