#include "apps/medley/report_page.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace medley::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr auto kOpen = R"(<script type="application/json" id="document">)";

/// What the page holds as its document.
std::string document_in(const std::string& page) {
  const auto begin = page.find(kOpen) + std::string(kOpen).size();
  return page.substr(begin, page.find("</script>", begin) - begin);
}

TEST(ReportPage, gives_back_the_document_it_was_given) {
  const nlohmann::ordered_json document{
      {"title", "</script><script>alert(1)</script> & <!-- \u2028\u2029 \"'"}};
  EXPECT_EQ(nlohmann::ordered_json::parse(document_in(report_page(document))), document);
}

TEST(ReportPage, has_no_character_in_its_document_that_could_be_markup) {
  const auto inside = document_in(report_page({{"t", "<b>&amp;</b>\u2028\u2029-->"}}));
  for (const auto* bad : {"<", ">", "&", "\u2028", "\u2029"}) EXPECT_THAT(inside, Not(HasSubstr(bad)));
}

TEST(ReportPage, replaces_bytes_that_are_no_utf_8) {
  EXPECT_THAT(document_in(report_page({{"t", "a\xff"}})), HasSubstr("a\xEF\xBF\xBD"));
}

TEST(ReportPage, refuses_every_script_but_its_own_and_asks_no_network) {
  const auto page = report_page({{"t", ""}});
  EXPECT_THAT(page, HasSubstr("default-src 'none'; script-src 'sha256-"));
  EXPECT_THAT(page, Not(HasSubstr("@POLICY@")));
  EXPECT_THAT(page, Not(HasSubstr("src=\"http")));
  EXPECT_THAT(page, Not(HasSubstr("innerHTML = document")));
}

}  // namespace
}  // namespace medley::app
