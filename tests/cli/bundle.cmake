# What tools/bundle has made, if it has: tools/test --only bundle makes one first. Without one each case is skipped.
foreach(case content empty_root time_zones no_simgrid same_bytes doctor)
  add_test(NAME cli.bundle.${case}
           COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/bundle_test.sh ${CMAKE_SOURCE_DIR} $<TARGET_FILE:gatesim>
                   ${CMAKE_SOURCE_DIR}/build/bundle/gatesim-${PROJECT_VERSION}-linux-x86_64.tar.gz ${case})
  set_tests_properties(cli.bundle.${case} PROPERTIES SKIP_RETURN_CODE 77)
endforeach()
