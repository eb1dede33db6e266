include_guard(GLOBAL)

# medley_module(<name> [SOURCES a.cpp ...] [PLUGINS x dir/y ...] [DEPENDS core ...]
#               [THIRD_PARTY fmt ...] [LINK fmt::fmt ...] [INCLUDE /usr/include/opencv4 ...])
#
# Declares one layer: the static library medley::<name>, its tests, and its plugins.
# Each plugin dir/y is the file dir/y.cpp, which defines
#     void medley::<name>::register_<dir>_<y>(Registry&);
# The generated builtin.cpp calls every one of them, in the order listed, from
#     void medley::<name>::register_builtin(Registry&);
# THIRD_PARTY lists the first path parts of the foreign headers that its files may include; tools/check_layers.py reads it.
# Every .cpp needs tests/<name>/<file>_test.cpp; further tests/<name>/*_test.cpp are taken as they are.
function(medley_module name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;PLUGINS;DEPENDS;THIRD_PARTY;LINK;INCLUDE")

  set(sources ${arg_SOURCES})
  if(arg_PLUGINS)
    list(TRANSFORM arg_PLUGINS APPEND ".cpp" OUTPUT_VARIABLE plugin_sources)
    medley_registration(${name} builtin.cpp ${arg_PLUGINS})
    list(APPEND sources ${plugin_sources} "${CMAKE_CURRENT_BINARY_DIR}/builtin.cpp")
  endif()

  add_library(medley_${name} STATIC ${sources})
  target_compile_options(medley_${name} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror
                         ${MEDLEY_LIBRARY_OPTIONS})
  add_library(medley::${name} ALIAS medley_${name})
  set_target_properties(medley_${name} PROPERTIES EXPORT_NAME ${name})
  target_compile_features(medley_${name} PUBLIC cxx_std_20)
  target_include_directories(medley_${name} PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>
                                                   $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_include_directories(medley_${name} SYSTEM PRIVATE ${arg_INCLUDE})
  list(TRANSFORM arg_DEPENDS PREPEND "medley::" OUTPUT_VARIABLE deps)
  target_link_libraries(medley_${name} PUBLIC ${deps} ${arg_LINK})

  install(TARGETS medley_${name} EXPORT medley_targets)
  install(DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/medley"
          FILES_MATCHING PATTERN "*.h")

  if(BUILD_TESTING)
    medley_module_tests(${name} "${arg_SOURCES}" "${arg_PLUGINS}")
  endif()
endfunction()

# Writes <file>, the register_builtin() of a module for the plugins named after it, into the binary folder.
# The module's Registry is declared in medley/<module>/registry.h, the program's in apps/medley/registry.h.
function(medley_registration module file)
  set(header "medley/${module}/registry.h")
  if(module STREQUAL "app")
    set(header "apps/medley/registry.h")
  endif()
  set(declarations "")
  set(calls "")
  foreach(plugin IN LISTS ARGN)
    string(REPLACE "/" "_" stem "${plugin}")
    string(APPEND declarations "void register_${stem}(Registry& registry);\n")
    string(APPEND calls "  register_${stem}(registry);\n")
  endforeach()
  configure_file("${PROJECT_SOURCE_DIR}/cmake/builtin.cpp.in" "${CMAKE_CURRENT_BINARY_DIR}/${file}" @ONLY)
endfunction()

function(medley_module_tests name sources plugins)
  list(TRANSFORM sources REPLACE "\\.cpp$" "")
  file(GLOB extra RELATIVE "${PROJECT_SOURCE_DIR}/tests/${name}" CONFIGURE_DEPENDS
       "${PROJECT_SOURCE_DIR}/tests/${name}/*_test.cpp")
  set(tests ${extra})
  foreach(unit IN LISTS sources plugins)
    if(NOT EXISTS "${PROJECT_SOURCE_DIR}/tests/${name}/${unit}_test.cpp")
      message(FATAL_ERROR "medley/${name}/${unit}.cpp has no tests/${name}/${unit}_test.cpp")
    endif()
    list(APPEND tests "${unit}_test.cpp")
  endforeach()
  list(REMOVE_DUPLICATES tests)
  list(TRANSFORM tests PREPEND "${PROJECT_SOURCE_DIR}/tests/${name}/")
  medley_test_program(${name} ${tests})
  target_link_libraries(${name}_tests PRIVATE medley::${name})
  set_tests_properties(${name} PROPERTIES LABELS unit)
  add_dependencies(unit_tests ${name}_tests)
endfunction()

# A program <name>_tests of GoogleTest cases, run by ctest as <name>.
function(medley_test_program name)
  add_executable(${name}_tests ${ARGN})
  target_compile_options(${name}_tests PRIVATE -Wall -Wextra -Wno-missing-field-initializers -Wno-missing-braces
                         ${MEDLEY_TEST_OPTIONS})
  target_link_libraries(${name}_tests PRIVATE medley_test_data GTest::gtest_main GTest::gmock)
  add_test(NAME ${name} COMMAND ${name}_tests --gtest_brief=1)
endfunction()
