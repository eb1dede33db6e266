# OpenVINO runs pretrained networks for medley::encode. tools/setup unpacks its wheels into the user's cache; MEDLEY_OPENVINO
# names another folder laid out like them, and MEDLEY_ENCODE=OFF leaves it out: encoders then say so when one is asked for.
option(MEDLEY_ENCODE "pretrained networks as extractors, by OpenVINO" ON)
if(NOT MEDLEY_ENCODE)
  return()
endif()

set(cache "$ENV{XDG_CACHE_HOME}")
if(NOT cache)
  set(cache "$ENV{HOME}/.cache")
endif()
set(MEDLEY_OPENVINO "${cache}/medley/openvino-2026.4.1" CACHE PATH "folder with openvino/include and openvino/libs")
file(GLOB openvino_library "${MEDLEY_OPENVINO}/openvino/libs/libopenvino.so*")
if(NOT openvino_library)
  message(FATAL_ERROR "no OpenVINO in '${MEDLEY_OPENVINO}': tools/setup build fetches it, -D MEDLEY_ENCODE=OFF does without")
endif()

# Installed into a folder of their own, where the libraries find each other (their run path is $ORIGIN). A process has one
# libtbb.so.12: beside OpenCV it is Debian's, which OpenCV loads first, by itself the one that comes here; both were tried.
set(openvino_folder "${CMAKE_INSTALL_LIBDIR}/medley/openvino")
list(GET openvino_library 0 openvino_library) # a folder may name one library in several ways
get_filename_component(openvino_name "${openvino_library}" NAME)
set(MEDLEY_OPENVINO_LINK "$<BUILD_INTERFACE:${openvino_library}>"
    "$<INSTALL_INTERFACE:$<INSTALL_PREFIX>/${openvino_folder}/${openvino_name}>")
# Debian's TBB loads a helper in a way (RTLD_DEEPBIND) that ends a program under AddressSanitizer; the one that comes here can be
# told not to (medley/encode/openvino/sanitized.h).
if(MEDLEY_SANITIZE)
  file(GLOB openvino_tbb "${MEDLEY_OPENVINO}/openvino/libs/libtbb.so*")
  list(APPEND MEDLEY_OPENVINO_LINK "$<BUILD_INTERFACE:${openvino_tbb}>")
endif()
install(DIRECTORY "${MEDLEY_OPENVINO}/openvino/libs/" DESTINATION "${openvino_folder}" FILES_MATCHING PATTERN "*.so*")
file(GLOB openvino_licences "${MEDLEY_OPENVINO}/*.dist-info")
install(DIRECTORY ${openvino_licences} DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/medley")
set(CMAKE_INSTALL_RPATH "$ORIGIN/../${openvino_folder}")
