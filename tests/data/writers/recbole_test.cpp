#include "export_run.h"
#include <gmock/gmock.h>

using namespace medley;
using namespace medley::data;
using testing::HasSubstr;

namespace {

Dataset films() {
  auto data = LogBuilder().add("u1", "f1", 100, "event", 4.5f).add("u2", "f1", 200, "event", 3.0f).build();
  catalogue_row(data, "f1");
  catalogue_row(data, "f 2");
  data.catalog.texts = {{"title", {"\"Heat\", <b>1995</b>", "Two\tlines\nhere"}}};
  data.catalog.categories = {{"genre", {{"Crime", "Film Noir"}, {}}}, {"studio", {{"Warner Bros"}, {}}}};
  data.catalog.numbers = {{"price", {1.5, std::numeric_limits<double>::quiet_NaN()}}};
  return data;
}

}  // namespace

TEST(Recbole, writes_atomic_files_with_types) {
  const ExportRun run("recbole", films());
  EXPECT_EQ(
      run.text("out.inter"),
      "user_id:token\titem_id:token\trating:float\ttimestamp:float\nu1\tf1\t4.5\t100\nu2\tf1\t3\t200\n");
  EXPECT_EQ(run.text("out.item"),
            "item_id:token\ttitle:token_seq\tgenre:token_seq\tstudio:token\tprice:float\n"
            "f1\t'Heat\", <b>1995</b>\tCrime Film_Noir\tWarner Bros\t1.5\n"
            "f 2\tTwo lines here\t\t\t\n");
  EXPECT_FALSE(run.has("out.user"));
  EXPECT_FALSE(run.has("out.train.inter"));
  EXPECT_EQ(run.noted("became a space"), 2);
  EXPECT_EQ(run.noted("became '_'"), 1);
  EXPECT_EQ(run.report.events, 2);
}

TEST(Recbole, reads_back_as_it_was) {
  auto data = ring_log(5, 7, 3);
  for (ItemId item = 0; item < data.item_count(); ++item) catalogue_row(data, data.items.id(item));
  data.catalog.texts = {{"title", std::vector<std::string>(7, "a \"quoted\" title, = with markup <i>")}};
  data.catalog.categories = {{"genre", std::vector<std::vector<std::string>>(7, {"one", "two"})}};
  data.catalog.numbers = {{"price", std::vector<double>(7, 0.1)}};
  ExportRun run("recbole", data);
  const auto back = run.read_back("recbole");
  EXPECT_EQ(run.bad, 0);
  EXPECT_EQ(events_of(back), events_of(data));
  for (ItemId item = 0; item < data.item_count(); ++item) {
    const auto at = static_cast<std::size_t>(*back.items.find(data.items.id(item)));
    EXPECT_EQ(back.catalog.text("title")->values[at], data.catalog.texts[0].values[0]);
    EXPECT_EQ(back.catalog.category("genre")->values[at], data.catalog.categories[0].values[0]);
    EXPECT_EQ(back.catalog.number("price")->values[at], 0.1);
  }
}

TEST(Recbole, writes_back_what_it_has_read) {
  const auto data = films();
  ExportRun first("recbole", data);
  const ExportRun second("recbole", first.read_back("recbole"));
  EXPECT_EQ(second.text("out.inter"), first.text("out.inter"));
  EXPECT_THAT(second.text("out.item"), HasSubstr("genre:token_seq"));
  EXPECT_THAT(second.text("out.item"), Not(HasSubstr("genre_2")));
}

TEST(Recbole, writes_the_parts_of_a_split_for_benchmark_filename) {
  const auto data = LogBuilder()
                        .add("u", "a", 1)
                        .label(Part::train)
                        .add("u", "a", 2)
                        .label(Part::train)
                        .add("u", "b", 3)
                        .label(Part::valid)
                        .add("u", "c", 4)
                        .label(Part::test)
                        .build();
  const ExportRun run("recbole", data, {.split = true});
  const std::string header = "user_id:token\titem_id:token\trating:float\ttimestamp:float\n";
  EXPECT_EQ(run.text("out.train.inter"), header + "u\ta\t1\t2\n");
  EXPECT_EQ(run.text("out.valid.inter"), header + "u\tb\t1\t3\n");
  EXPECT_EQ(run.text("out.test.inter"), header + "u\tc\t1\t4\n");
  EXPECT_EQ(run.report.events, 4);
}

TEST(Recbole, leaves_columns_out_that_say_nothing_and_adds_kinds_where_there_are_some) {
  EXPECT_EQ(ExportRun("recbole", LogBuilder().add("u", "a").build()).text("out.inter"),
            "user_id:token\titem_id:token\trating:float\nu\ta\t1\n");
  const ExportRun run("recbole",
                      LogBuilder().add("u", "a", 7, "view").add("u", "b", kNoTime, "cart").build());
  EXPECT_EQ(run.text("out.inter"),
            "user_id:token\titem_id:token\trating:float\ttimestamp:float\tkind:token\nu\ta\t1\t7\tview\n"
            "u\tb\t1\t\tcart\n");
  EXPECT_EQ(run.noted("without a time"), 1);
  EXPECT_FALSE(run.has("out.item"));
}

TEST(Recbole, refuses_an_id_that_its_files_cannot_hold) {
  for (const char* id : {"a\tb", "a\nb", "\"a"}) {
    try {
      ExportRun run("recbole", LogBuilder().add("u", id).build());
      FAIL() << id;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::unsupported);
      EXPECT_THAT(error.what(), HasSubstr(std::string("item '") + id + "'"));
    }
  }
}
