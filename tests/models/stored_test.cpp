#include "medley/models/stored.h"

#include "toy.h"

using namespace medley;
using models::Stored;
using models::StoredCsr;

namespace {

TEST(Stored, copies_show_the_same_numbers_after_the_first_is_gone) {
  Stored<int> copy;
  {
    const Stored<int> first(std::vector<int>{1, 2, 3});
    copy = first;
  }
  EXPECT_EQ(copy.size(), 3u);
  EXPECT_EQ(copy[2], 3);
}

TEST(Stored, a_mapped_array_outlives_its_reader) {
  const models::toy::TempFile file;
  ArchiveWriter writer(file.path(), "model");
  writer.put("values", std::vector<float>{1, 2});
  writer.commit();
  Stored<float> values;
  {
    const ArchiveReader reader(file.path(), "model");
    values = Stored<float>::mapped(reader, "values");
    EXPECT_THROW(Stored<float>::mapped(reader, "values", 3), Error);
  }
  EXPECT_EQ(values[1], 2.0f);
}

TEST(StoredCsr, gives_back_what_was_saved_and_refuses_a_wrong_index) {
  const models::toy::TempFile file;
  const math::Csr good{2, 3, {0, 1, 2}, {2, 0}, {.5f, 4}};
  ArchiveWriter writer(file.path(), "model");
  StoredCsr(good).save(writer, "good");
  const math::Csr wrong{2, 3, {0, 1, 2}, {3, 0}, {.5f, 4}};
  StoredCsr(wrong).save(writer, "wrong");
  writer.commit();
  const ArchiveReader reader(file.path(), "model");
  const auto loaded = StoredCsr::load(reader, "good");
  EXPECT_EQ(loaded.view().cols, 3);
  EXPECT_EQ(loaded.view().row_indices(0)[0], 2);
  EXPECT_EQ(loaded.view().row_values(1)[0], 4.0f);
  EXPECT_THROW(StoredCsr::load(reader, "wrong"), Error);
}

}  // namespace
