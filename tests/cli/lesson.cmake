# Lessons at the terminal: each case is a test of its own.
function(lesson_tests script)
  foreach(case ${ARGN})
    add_test(NAME cli.lesson.${case}
             COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/${script} ${CMAKE_SOURCE_DIR} $<TARGET_FILE:gatesim> ${case})
    set_tests_properties(cli.lesson.${case} PROPERTIES TIMEOUT 900 SKIP_RETURN_CODE 77)
  endforeach()
endfunction()
lesson_tests(lesson_test.sh first_screen transcript goal_is_not_told bad_luck mornings predictions hints give_up goto_and_next progress timings run page copies usage)
lesson_tests(lesson_teacher_test.sh pages pictures teacher verify verify_red verify_into verify_obvious_org verify_org_untrue verify_org)
lesson_tests(lesson_board_test.sh class_board class_board_stuck class_board_pictures class_board_odd class_board_trouble)
lesson_tests(lesson_day_test.sh broken_program watch asks_name pages_of_check walk three_names)
lesson_tests(lesson_trouble_test.sh broken_work broken_progress damaged_progress two_at_once names refused reset private_track another_folder)
