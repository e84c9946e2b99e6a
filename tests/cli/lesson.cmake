# Lessons at the terminal: each case of lesson_test.sh is a test of its own.
foreach(case first_screen transcript broken_work broken_progress damaged_progress two_at_once names goal_is_not_told bad_luck mornings refused predictions hints give_up reset goto_and_next
    progress timings private_track another_folder run copies pages teacher verify verify_red verify_org class_board class_board_stuck class_board_odd class_board_trouble
    usage broken_program watch walk three_names)
  add_test(NAME cli.lesson.${case}
           COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/lesson_test.sh ${CMAKE_SOURCE_DIR} $<TARGET_FILE:gatesim> ${case})
  set_tests_properties(cli.lesson.${case} PROPERTIES TIMEOUT 900 SKIP_RETURN_CODE 77)
endforeach()
