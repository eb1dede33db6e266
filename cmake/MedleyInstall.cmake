# What `cmake --install` adds to the modules' own libraries and headers: the program, and the package that
# find_package(medley) reads. It defines medley::<module> for each module, and medley::medley for all of them.
include(CMakePackageConfigHelpers)
set(package_folder "${CMAKE_INSTALL_LIBDIR}/cmake/medley")

add_library(medley_all INTERFACE)
add_library(medley::medley ALIAS medley_all)
set_target_properties(medley_all PROPERTIES EXPORT_NAME medley)
target_link_libraries(medley_all INTERFACE medley::engine)

install(TARGETS medley_all EXPORT medley_targets)
install(TARGETS medley)
install(EXPORT medley_targets NAMESPACE medley:: DESTINATION "${package_folder}" FILE medley_targets.cmake)
configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/medley-config.cmake.in"
                              "${PROJECT_BINARY_DIR}/medley-config.cmake" INSTALL_DESTINATION "${package_folder}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/medley-config-version.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/medley-config.cmake" "${PROJECT_BINARY_DIR}/medley-config-version.cmake"
        DESTINATION "${package_folder}")
