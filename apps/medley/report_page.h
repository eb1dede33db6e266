#pragma once

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <string>

namespace medley::app {

/// `document` inside the page of a report: one HTML file that needs no other. Nothing of the document can end
/// the element that it stands in: `<`, `>`, `&` and the line separators are written as escapes of JSON, and
/// bytes that are no UTF-8 are replaced.
std::string report_page(const nlohmann::ordered_json& document);

/// Writes the page so that a reader sees the old file or the whole new one. Throws `io`.
void write_report(const std::filesystem::path& path, const nlohmann::ordered_json& document);

}  // namespace medley::app
