#include "apps/medley/new_item_answer.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace medley::app {
namespace {

using Json = nlohmann::ordered_json;

}  // namespace

void print_ranks(const Session& session, const std::vector<engine::NewItemRank>& ranks) {
  Json items = Json::array();
  std::string text;
  for (const auto& one : ranks) {
    items.push_back({{"id", one.id},
                     {"score", one.score},
                     {"rank", one.rank},
                     {"candidates", one.candidates},
                     {"reason", engine::to_string(one.reason)},
                     {"sentence", one.sentence}});
    text += fmt::format("{}  rank {} of {}  score {:.4f}\n    {}: {}\n", one.id, one.rank, one.candidates,
                        one.score, engine::to_string(one.reason), one.sentence);
  }
  if (session.json) {
    session.print_json({{"new_items", items}});
  } else {
    session.print(text);
  }
}

void print_takers(const Session& session, const std::vector<engine::NewItem>& items,
                  const std::vector<std::vector<engine::NewItemTaker>>& takers) {
  Json all = Json::array();
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    Json users = Json::array();
    text += fmt::format("{}  the users whose score for it is highest\n", items[i].id);
    for (std::size_t t = 0; t < takers[i].size(); ++t) {
      const auto& taker = takers[i][t];
      users.push_back({{"user", taker.user}, {"score", taker.score}});
      text += fmt::format("{:2}. {}  score {:.4f}\n", t + 1, taker.user, taker.score);
    }
    all.push_back({{"id", items[i].id}, {"users", users}});
  }
  if (session.json) {
    session.print_json({{"new_items", all}});
  } else {
    session.print(text);
  }
}

}  // namespace medley::app
